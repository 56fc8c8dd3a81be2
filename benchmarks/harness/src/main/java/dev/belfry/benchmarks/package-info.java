/** Measures Belfry beside its peer and beside the bare databases. */
@NullMarked
package dev.belfry.benchmarks;

import org.jspecify.annotations.NullMarked;
