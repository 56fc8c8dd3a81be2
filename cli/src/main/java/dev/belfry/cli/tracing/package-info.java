/** The export of traces, as the variables of OpenTelemetry say. */
@NullMarked
package dev.belfry.cli.tracing;

import org.jspecify.annotations.NullMarked;
