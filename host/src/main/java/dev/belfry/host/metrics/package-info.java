/** Metrics for Prometheus. */
@NullMarked
package dev.belfry.host.metrics;

import org.jspecify.annotations.NullMarked;
