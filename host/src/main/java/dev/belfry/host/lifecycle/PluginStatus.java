package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is to say of one plugin.
 *
 * @param file the dropped file's name; empty for a static plugin
 * @param reason why it is in this state; empty when there is nothing to explain
 * @param since when it came into this state
 * @param dependencies the other plugins that it names
 * @param exports packages that its dependents may see
 * @param generation which life of the plugin runs; empty when none does
 * @param startedIn how long its start took; empty when it does not run
 */
public record PluginStatus(
        String id,
        String version,
        State state,
        PluginOrigin origin,
        Optional<Path> file,
        Optional<String> reason,
        Instant since,
        List<Dependency> dependencies,
        List<String> exports,
        Optional<String> generation,
        Optional<Duration> startedIn) {}
