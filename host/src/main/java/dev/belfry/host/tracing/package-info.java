/** Spans of OpenTelemetry for the host's work. */
@NullMarked
package dev.belfry.host.tracing;

import org.jspecify.annotations.NullMarked;
