package dev.belfry.host.catalogsources;

import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entities that each plugin has published last. A generation that is starting publishes for the moment when it opens; one
 * that has been replaced publishes nothing any more.
 */
public final class CatalogSources {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogSources.class);

    /** Generations that have asked for the source and have not stopped, with the ids of their plugins. Read without a lock. */
    private final Map<String, String> registered = new ConcurrentHashMap<>();

    /** By generation: published before it opened. */
    private final Map<String, List<CatalogEntity>> staged = new HashMap<>();

    /** By plugin id: the generation that serves. */
    private final Map<String, String> serving = new HashMap<>();

    /** Replaced as a whole, and read without a lock: the listener has locks of its own. */
    private volatile SortedMap<String, List<CatalogEntity>> published = Collections.emptySortedMap();

    private @Nullable Runnable listener;
    private volatile BooleanSupplier awaited = () -> false;
    private boolean warned;

    /** The entities of each plugin, in the order of the plugins' ids. */
    public SortedMap<String, List<CatalogEntity>> published() {
        return published;
    }

    /** @param awaited whether plugins have not started yet that may ask for a source; must not wait */
    public void await(BooleanSupplier awaited) {
        this.awaited = awaited;
    }

    /** Whether every plugin has published that may do so. Takes no lock. */
    public boolean areComplete() {
        return !awaited.getAsBoolean() && registered.values().stream().allMatch(published::containsKey);
    }

    /** @param listener called after each change; a publication waits for it */
    public synchronized void onChange(Runnable listener) {
        this.listener = listener;
    }

    /**
     * Allows a generation to publish.
     *
     * @return ends that
     */
    public synchronized AutoCloseable register(String pluginId, String generation) {
        registered.put(generation, pluginId);
        return () -> withdraw(generation);
    }

    private synchronized void withdraw(String generation) {
        registered.remove(generation);
        staged.remove(generation);
    }

    /** @see dev.belfry.api.catalog.CatalogSource#replaceAll */
    public synchronized void publish(String pluginId, String generation, Collection<CatalogEntity> entities) {
        if (!registered.containsKey(generation)) {
            throw new IllegalStateException("the plugin has stopped and cannot publish users and groups");
        }
        List<CatalogEntity> copy = List.copyOf(entities);
        requireDistinct(copy);
        if (generation.equals(serving.get(pluginId))) {
            replace(pluginId, copy);
        } else {
            // Also by a replaced generation: it never opens again, so this has no effect.
            staged.put(generation, copy);
        }
    }

    private static void requireDistinct(List<CatalogEntity> entities) {
        Set<EntityRef> refs = HashSet.newHashSet(entities.size());
        for (CatalogEntity entity : entities) {
            if (!refs.add(entity.ref())) {
                throw new IllegalArgumentException(
                        entity.ref() + " is published twice; a reference names one user or group");
            }
        }
    }

    /** From now on the generation publishes. It takes over what its predecessor has published until then. */
    public synchronized void open(String pluginId, String generation) {
        serving.put(pluginId, generation);
        List<CatalogEntity> first = staged.remove(generation);
        if (first != null) {
            replace(pluginId, first);
        }
    }

    /** Drops what the plugin has published, unless another generation has taken it over. */
    public synchronized void close(String generation) {
        serving.entrySet().stream()
                .filter(entry -> entry.getValue().equals(generation))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(this::drop);
    }

    private void drop(String pluginId) {
        serving.remove(pluginId);
        if (published.containsKey(pluginId)) {
            LOG.info("the users and groups of plugin {} leave the catalog: the plugin has stopped", pluginId);
            SortedMap<String, List<CatalogEntity>> next = new TreeMap<>(published);
            next.remove(pluginId);
            change(next);
        }
    }

    private void replace(String pluginId, List<CatalogEntity> entities) {
        SortedMap<String, List<CatalogEntity>> next = new TreeMap<>(published);
        List<CatalogEntity> last = next.put(pluginId, entities);
        if (listener == null && !warned) {
            warned = true;
            LOG.warn(
                    "the users and groups of plugin {} have no effect: ports.catalog selects another catalog",
                    pluginId);
        }
        if (last == null || last.size() != entities.size()) {
            LOG.info("plugin {} publishes {} users and groups", pluginId, entities.size());
        }
        change(next);
    }

    private void change(SortedMap<String, List<CatalogEntity>> next) {
        published = Collections.unmodifiableSortedMap(next);
        if (listener != null) {
            listener.run();
        }
    }
}
