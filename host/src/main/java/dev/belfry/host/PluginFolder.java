package dev.belfry.host;

import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.lifecycle.FailureClass;
import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.watch.FolderWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the lifecycle which JARs are in the plugin folder. */
final class PluginFolder implements AutoCloseable, FolderWatch.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    private final Path folder;
    private final PluginDiscovery discovery;
    private final Lifecycle lifecycle;
    private final LiveConfig config;
    private final FolderWatch watch;

    /** Files that are checked again although they have not changed. */
    private final Set<Path> unchanged = ConcurrentHashMap.newKeySet();

    PluginFolder(Path folder, PluginDiscovery discovery, Lifecycle lifecycle, LiveConfig config, HostThreads threads) {
        this.config = config;
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

    /** The trust settings have changed: checks each JAR again, and stops or starts its plugin. */
    void checkAgain() {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(PluginDiscovery::isPlugin).forEach(file -> {
                unchanged.add(file);
                watch.tellSoon(file);
            });
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the JARs in {} are not checked against the changed dynamicPlugins: {}", folder, e.toString());
        }
    }

    private static boolean isRevoked(Refusal refusal) {
        return refusal.state() == State.DISABLED
                || refusal.failure().filter(FailureClass.NOT_ALLOWED::equals).isPresent();
    }

    @Override
    public boolean settled(Path file) {
        boolean hasChanged = !unchanged.remove(file);
        if (hasChanged) {
            // Its entry may have been written first.
            config.readAgainIfFaulty();
        }
        try {
            lifecycle.add(discovery.look(file));
            return true;
        } catch (Refusal refusal) {
            if (!hasChanged && isRevoked(refusal)) {
                lifecycle.withdraw(file);
            }
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
