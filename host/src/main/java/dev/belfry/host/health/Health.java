package dev.belfry.host.health;

import dev.belfry.api.health.HealthCheck;
import dev.belfry.host.lifecycle.FailureClass;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readiness: whether every required plugin runs and its health checks pass. */
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private volatile Set<String> required;
    private final Supplier<List<PluginStatus>> plugins;

    /** By generation and name: during a replacement, two generations of one plugin exist. */
    private final Map<String, Check> checks = new ConcurrentSkipListMap<>();

    /** Obstacles that parts of the host report. */
    private final List<Supplier<List<String>>> parts = new CopyOnWriteArrayList<>();

    /**
     * Ids of the plugins that clients may use already: plugins of the start, and plugins that have run. A plugin that was added later and
     * has not run yet is no reason to take the host out of service.
     */
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** The reasons of the failing checks that the log has. */
    private final AtomicReference<List<String>> logged = new AtomicReference<>(List.of());

    private volatile Phase phase = Phase.STARTING;

    private enum Phase {
        STARTING,
        SERVING,
        STOPPING
    }

    private record Check(String generation, String pluginId, String name, HealthCheck question, boolean open) {

        /** @return the obstacle; empty = healthy */
        Optional<Obstacle> answer() {
            return ask().map(failure -> Obstacle.of(pluginId + ": " + name, failure));
        }

        /** @return the problem; empty = healthy */
        Optional<Throwable> ask() {
            try {
                question.check();
                return Optional.empty();
            } catch (Exception | LinkageError e) {
                return Optional.of(e);
            }
        }
    }

    /** @param required ids of the plugins that must run for the host to be ready */
    public Health(Set<String> required, Supplier<List<PluginStatus>> plugins) {
        this.required = Set.copyOf(required);
        this.plugins = plugins;
    }

    /** @param ids of the plugins that must run from now on */
    public void require(Set<String> ids) {
        required = Set.copyOf(ids);
    }

    /** @param obstacles the current problems of a part of the host, each naming the part; empty = none */
    public void addPart(Supplier<List<String>> obstacles) {
        parts.add(obstacles);
    }

    /**
     * @param generation the check's generation; the check counts when it opens
     * @return removes the check
     */
    public AutoCloseable add(String generation, String pluginId, String name, HealthCheck question) {
        return add(generation + ": " + name, new Check(generation, pluginId, name, question, false));
    }

    /** As {@link #add}, for a check of the host itself; the plugin may have one of the same name. */
    public AutoCloseable addForHost(String generation, String pluginId, String name, HealthCheck question) {
        return add(generation + " of the host: " + name, new Check(generation, pluginId, name, question, false));
    }

    private AutoCloseable add(String key, Check check) {
        if (checks.putIfAbsent(key, check) != null) {
            throw new IllegalArgumentException("there is a health check '" + check.name() + "' already");
        }
        return () -> checks.remove(key);
    }

    /** @throws IllegalStateException when a check of this generation fails */
    public void requireWell(String generation) {
        for (Check check : of(generation)) {
            try {
                check.question().check();
            } catch (Exception | LinkageError e) {
                throw new IllegalStateException("its health check '" + check.name() + "' fails: " + e.getMessage(), e);
            }
        }
    }

    /** The plugin runs: from now on the checks of this generation count. */
    public void open(String pluginId, String generation) {
        used.add(pluginId);
        checks.replaceAll((key, check) -> check.generation().equals(generation)
                ? new Check(generation, check.pluginId(), check.name(), check.question(), true)
                : check);
    }

    private Collection<Check> of(String generation) {
        return checks.values().stream()
                .filter(check -> check.generation().equals(generation))
                .toList();
    }

    /** The results of a running plugin's checks, by name: {@code ok}, or the problem. */
    public Map<String, String> checksOf(String pluginId) {
        Map<String, String> answers = new TreeMap<>();
        checks.values().stream()
                .filter(check -> check.open() && check.pluginId().equals(pluginId))
                .forEach(check -> answers.put(
                        check.name(), check.ask().map(Obstacle::message).orElse("ok")));
        return answers;
    }

    /** Startup is complete. Until then, the host is not ready. */
    public void started() {
        plugins.get().forEach(plugin -> used.add(plugin.id()));
        phase = Phase.SERVING;
    }

    /**
     * The host is no longer ready.
     *
     * @return false when it has never been ready
     */
    public boolean stopping() {
        boolean served = phase == Phase.SERVING;
        phase = Phase.STOPPING;
        return served;
    }

    /** Why the host is not ready, with details that not everybody may see; empty = ready. */
    public List<String> obstacles() {
        return all().stream().map(Obstacle::details).toList();
    }

    /** As {@link #obstacles}, for everybody. The log has the details. */
    public List<String> reasons() {
        return all().stream().map(Obstacle::reason).toList();
    }

    private List<Obstacle> all() {
        List<String> known = known();
        List<Obstacle> all = new ArrayList<>(known.stream().map(Obstacle::of).toList());
        if (phase == Phase.SERVING) {
            List<Obstacle> failing = failing();
            log(failing);
            all.addAll(failing);
        }
        return all;
    }

    /** Each time when other checks fail than before. */
    private void log(List<Obstacle> failing) {
        List<String> reasons = failing.stream().map(Obstacle::reason).toList();
        if (reasons.equals(logged.getAndSet(reasons))) {
            return;
        }
        failing.forEach(obstacle -> LOG.warn("the host is not ready: {}", obstacle.details()));
        if (failing.isEmpty()) {
            LOG.info("the health checks of all plugins pass again");
        }
    }

    /** The problems that the host knows without asking plugins. */
    private List<String> known() {
        List<String> obstacles = new ArrayList<>();
        Phase now = phase;
        if (now != Phase.SERVING) {
            obstacles.add(now == Phase.STARTING ? "the host is starting" : "the host is stopping");
        }
        parts.forEach(part -> obstacles.addAll(part.get()));
        List<PluginStatus> statuses = plugins.get();
        for (PluginStatus plugin : statuses) {
            if (isObstacle(plugin, statuses, now)) {
                obstacles.add("plugin '" + plugin.id() + "' is " + plugin.state());
            }
        }
        if (now != Phase.SERVING) {
            return obstacles;
        }
        if (isNoneLeft(statuses)) {
            obstacles.add("no plugin runs: " + String.join(", ", failed().keySet()) + " failed");
        }
        required.stream()
                .filter(id -> statuses.stream().noneMatch(plugin -> plugin.id().equals(id)))
                .forEach(id -> obstacles.add("plugin '" + id + "' is required and does not run"));
        return obstacles;
    }

    /** All are asked at once: several plugins may wait for one database. */
    private List<Obstacle> failing() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return checks.values().stream()
                    .filter(Check::open)
                    .map(check -> CompletableFuture.supplyAsync(check::answer, threads))
                    .toList()
                    .stream()
                    .flatMap(answer -> answer.join().stream())
                    .toList();
        }
    }

    /** The class of the failure of each plugin, or refused file, that does not run in any version. */
    public Map<String, FailureClass> failed() {
        List<PluginStatus> statuses = plugins.get();
        Map<String, FailureClass> failed = new TreeMap<>();
        statuses.stream()
                .filter(plugin -> plugin.state() == State.FAILED && !runs(plugin.id(), statuses))
                .forEach(plugin -> failed.put(plugin.id(), plugin.failure().orElse(FailureClass.CANNOT_START)));
        return failed;
    }

    /** One invalid JAR must not take a host that serves out of the load balancer, but a host that serves nothing is not ready. */
    private static boolean isNoneLeft(List<PluginStatus> statuses) {
        return statuses.stream().noneMatch(plugin -> plugin.state() == State.RUNNING)
                && statuses.stream().anyMatch(plugin -> plugin.state() == State.FAILED);
    }

    private static boolean runs(String id, List<PluginStatus> all) {
        return all.stream().anyMatch(other -> other.id().equals(id) && other.state() == State.RUNNING);
    }

    /** A plugin that runs in any version is no obstacle: the host stays ready when a replacement fails. */
    private boolean isObstacle(PluginStatus plugin, List<PluginStatus> all, Phase now) {
        boolean isComing = plugin.state() == State.WAITING || plugin.state() == State.STARTING;
        boolean isUsed = now == Phase.STARTING || used.contains(plugin.id());
        return !runs(plugin.id(), all) && (isComing && isUsed || required.contains(plugin.id()));
    }
}
