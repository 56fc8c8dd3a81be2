/** What was measured, as a table, as figures and as a picture. */
@NullMarked
package dev.belfry.benchmarks.report;

import org.jspecify.annotations.NullMarked;
