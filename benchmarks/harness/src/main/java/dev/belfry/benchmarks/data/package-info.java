/** The data set, and ways to load it into the databases of those who are measured. */
@NullMarked
package dev.belfry.benchmarks.data;

import org.jspecify.annotations.NullMarked;
