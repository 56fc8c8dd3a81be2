/** Requests by the thousand, and how quickly they are answered. */
@NullMarked
package dev.belfry.benchmarks.load;

import org.jspecify.annotations.NullMarked;
