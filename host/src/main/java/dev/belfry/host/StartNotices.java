package dev.belfry.host;

import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.NeededPlugins;
import dev.belfry.host.settings.UnmatchedRestrictions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the keys of the configuration that have no effect with the plugins that are there. */
final class StartNotices {

    private static final Logger LOG = LoggerFactory.getLogger(StartNotices.class);

    private StartNotices() {}

    /**
     * @param plugins their status after the start
     */
    static void log(HostSettings settings, Config config, List<PluginStatus> plugins, DeclaredPermissions permissions) {
        Set<String> ids = plugins.stream().map(PluginStatus::id).collect(Collectors.toSet());
        NeededPlugins.missing(settings, config, ids).forEach(LOG::warn);
        Set<String> disabled = plugins.stream()
                .filter(plugin -> plugin.state() == State.DISABLED)
                .map(PluginStatus::id)
                .collect(Collectors.toSet());
        NeededPlugins.disabled(settings, config, disabled::contains).forEach(LOG::warn);
        UnmatchedRestrictions.warnings(settings, ids, permissions).forEach(LOG::warn);
        config.noteUnusedSections(ids);
        // Configuration files for other Backstage applications work unchanged.
        Set<String> ignored = new TreeSet<>(config.notices().ignored());
        if (!ignored.isEmpty()) {
            LOG.info("these keys of the configuration have no effect in Belfry: {}", String.join(", ", ignored));
        }
    }
}
