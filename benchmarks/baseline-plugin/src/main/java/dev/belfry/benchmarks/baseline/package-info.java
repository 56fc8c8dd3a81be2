/** Routes that do as little as can be done: what others are measured against. */
@NullMarked
package dev.belfry.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
