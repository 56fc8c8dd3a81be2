/** What is measured, of whom, and the bars. */
@NullMarked
package dev.belfry.benchmarks.cases;

import org.jspecify.annotations.NullMarked;
