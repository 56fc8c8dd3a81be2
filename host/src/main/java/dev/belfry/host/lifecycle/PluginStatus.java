package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The status of one plugin.
 *
 * @param file name of the dropped file; empty for a static plugin
 * @param reason why it is in this state; empty when no explanation is needed
 * @param failure the class of the reason, if its last start failed; it can still run, in an older generation
 * @param since when it entered this state
 * @param dependencies the plugins that it depends on
 * @param exports packages that dependents may use
 * @param generation the running generation; empty when none runs
 * @param startedIn duration of its start; empty when none runs
 */
public record PluginStatus(
        String id,
        String version,
        State state,
        PluginOrigin origin,
        Optional<Path> file,
        Optional<String> reason,
        Optional<FailureClass> failure,
        Instant since,
        List<Dependency> dependencies,
        List<String> exports,
        Optional<String> generation,
        Optional<Duration> startedIn) {}
