/** Runs the jobs of plugins. */
@NullMarked
package dev.belfry.host.scheduling;

import org.jspecify.annotations.NullMarked;
