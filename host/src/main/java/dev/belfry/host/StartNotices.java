package dev.belfry.host;

import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.config.Config;
import dev.belfry.host.description.PluginDescription;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.NeededPlugins;
import dev.belfry.host.settings.UnknownPorts;
import dev.belfry.host.settings.UnmatchedRestrictions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the keys of the configuration that have no effect with the plugins that are there. */
final class StartNotices {

    private static final Logger LOG = LoggerFactory.getLogger(StartNotices.class);

    private StartNotices() {}

    /**
     * @param candidates the plugins that were found
     * @param plugins their status after the start
     */
    static void log(
            HostSettings settings,
            Config config,
            UnknownPorts ports,
            List<Candidate> candidates,
            List<PluginStatus> plugins,
            DeclaredPermissions permissions) {
        Set<String> ids = plugins.stream().map(PluginStatus::id).collect(Collectors.toSet());
        NeededPlugins.missing(settings, config, ids).forEach(LOG::warn);
        unknownPorts(ports, candidates, plugins).forEach(LOG::warn);
        UnmatchedRestrictions.warnings(settings, ids, permissions).forEach(LOG::warn);
        config.noteUnusedSections(ids);
        // Configuration files for other Backstage applications work unchanged.
        Set<String> ignored = new TreeSet<>(config.notices().ignored());
        if (!ignored.isEmpty()) {
            LOG.info("these keys of the configuration have no effect in Belfry: {}", String.join(", ", ignored));
        }
    }

    /** Of the plugins that do not run: a running plugin has told its own. */
    private static List<String> unknownPorts(
            UnknownPorts ports, List<Candidate> candidates, List<PluginStatus> plugins) {
        Set<String> running = plugins.stream()
                .filter(plugin -> plugin.generation().isPresent())
                .map(PluginStatus::id)
                .collect(Collectors.toSet());
        return candidates.stream()
                .filter(candidate -> !running.contains(candidate.descriptor().id()))
                .filter(candidate -> ports.concern(candidate.descriptor().id()))
                .collect(Collectors.groupingBy(
                        candidate -> candidate.descriptor().id(),
                        TreeMap::new,
                        Collectors.flatMapping(StartNotices::descriptionOf, Collectors.toList())))
                .entrySet()
                .stream()
                .flatMap(plugin -> ports.warnings(plugin.getKey(), plugin.getValue()).stream())
                .toList();
    }

    private static Stream<PluginDescription> descriptionOf(Candidate candidate) {
        try {
            return Stream.of(PluginDescription.of(candidate.location()));
        } catch (IOException | IllegalArgumentException _) {
            // The status of the plugin says why it does not run.
            return Stream.empty();
        }
    }
}
