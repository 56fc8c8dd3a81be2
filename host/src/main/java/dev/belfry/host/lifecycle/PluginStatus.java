package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What there is to say of one plugin.
 *
 * @param file the dropped file's name; empty for a static plugin
 * @param reason why it is in this state; empty when there is nothing to explain
 * @param since when it came into this state
 */
public record PluginStatus(
        String id,
        String version,
        State state,
        Origin origin,
        Optional<Path> file,
        Optional<String> reason,
        Instant since) {}
