@NullMarked
package dev.belfry.benchmarks.data;

import org.jspecify.annotations.NullMarked;
