package dev.belfry.host;

import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.watch.FolderWatch;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the lifecycle which JARs are in the plugin folder. */
final class PluginFolder implements AutoCloseable, FolderWatch.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    private final Path folder;
    private final PluginDiscovery discovery;
    private final Lifecycle lifecycle;
    private final FolderWatch watch;

    PluginFolder(Path folder, PluginDiscovery discovery, Lifecycle lifecycle, HostThreads threads) {
        this.folder = folder;
        this.discovery = discovery;
        this.lifecycle = lifecycle;
        watch = new FolderWatch(folder, PluginDiscovery::isPlugin, this, threads);
    }

    /** The plugins at creation. */
    PluginDiscovery.Found found() {
        PluginDiscovery.Found found = discovery.among(watch.files());
        found.refused().entrySet().stream()
                .filter(refused -> refused.getValue().isPassing())
                .forEach(refused -> watch.tellAgain(refused.getKey()));
        return found;
    }

    /** Starts to report changes. */
    void start() {
        watch.start();
    }

    List<String> obstacles() {
        return watch.obstacles();
    }

    @Override
    public boolean settled(Path file) {
        try {
            lifecycle.add(discovery.look(file));
            return true;
        } catch (Refusal refusal) {
            lifecycle.refuse(file, refusal);
            return !refusal.isPassing();
        }
    }

    @Override
    public void gone(Path file) {
        lifecycle.withdraw(file);
        warnIfNone();
    }

    /** A host without plugins works, but serves nothing: a wrong folder must not go unnoticed. */
    void warnIfNone() {
        // A file that contains no plugin has no version.
        if (lifecycle.statuses().stream().allMatch(plugin -> plugin.version().isEmpty())) {
            LOG.warn(PluginDiscovery.noPluginWarning(folder));
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
