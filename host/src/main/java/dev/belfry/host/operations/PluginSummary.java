package dev.belfry.host.operations;

import dev.belfry.host.lifecycle.Dependency;
import dev.belfry.host.lifecycle.FailureClass;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.logging.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One plugin in a list for operators. */
record PluginSummary(
        String id,
        String version,
        String state,
        String origin,
        @Nullable String file,
        @Nullable String reason,
        @Nullable FailureClass failure,
        Instant since,
        @Nullable String generation,
        @Nullable Long startedInMs,
        List<Dependency> dependencies,
        List<String> exports) {

    static PluginSummary of(PluginStatus status) {
        return new PluginSummary(
                status.id(),
                status.version(),
                status.state().name(),
                status.origin().name().toLowerCase(Locale.ROOT),
                status.file().map(String::valueOf).orElse(null),
                status.reason().map(Redaction::of).orElse(null),
                status.failure().orElse(null),
                status.since(),
                status.generation().orElse(null),
                status.startedIn().map(Duration::toMillis).orElse(null),
                status.dependencies(),
                status.exports());
    }
}
