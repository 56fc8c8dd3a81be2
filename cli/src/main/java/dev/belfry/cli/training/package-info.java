/** The workload for the JVM's ahead-of-time cache (start-up training). */
@NullMarked
package dev.belfry.cli.training;

import org.jspecify.annotations.NullMarked;
