package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops generations, of static and dynamic plugins alike. */
final class Generations {

    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    private final Environment environment;
    private final Duration startLimit;
    private final Duration drainLimit;
    private final StopDeadline deadline;
    private final AtomicLong counter = new AtomicLong();

    Generations(Environment environment, Duration startLimit, Duration drainLimit, StopDeadline deadline) {
        this.environment = environment;
        this.startLimit = startLimit;
        this.drainLimit = drainLimit;
        this.deadline = deadline;
    }

    /** A unique name for the next generation of a plugin, such as {@code notifications#3}. */
    String nextName(String id) {
        return id + "#" + counter.incrementAndGet();
    }

    /**
     * Loads and starts a generation; it does not serve yet.
     *
     * @throws Refusal when the start fails or is abandoned; its registrations are undone
     */
    RunningPlugin begin(PluginStart start) throws Refusal {
        if (start.isAbandoned()) {
            throw new Refusal("its start has been abandoned");
        }
        long before = System.nanoTime();
        Generation generation = load(start.candidate(), start.generation(), start.linked());
        try {
            Environment.Session session = environment.prepare(generation);
            Plugin plugin = new TimeLimit(deadline.share(startLimit, 1))
                    .call("start of " + generation.name(), () -> start(generation, session), start.abandonment());
            return new RunningPlugin(
                    start.candidate(), generation, plugin, session, Duration.ofNanos(System.nanoTime() - before));
        } catch (Throwable failure) {
            finish(generation);
            throw FailureMessages.asRefusal(failure);
        }
    }

    private static Generation load(Candidate candidate, String name, LinkedContracts linked) throws Refusal {
        try {
            PluginCode code = candidate.load(name, linked);
            Registrations registrations = new Registrations();
            registrations.enter("class loader", code);
            InFlightRequests inFlight = new InFlightRequests();
            PluginBoundary boundary = new PluginBoundary(candidate.descriptor().id(), code.classLoader(), inFlight);
            return new Generation(name, candidate, linked, code, boundary, registrations, inFlight);
        } catch (RuntimeException | LinkageError failure) {
            throw FailureMessages.asRefusal(failure);
        }
    }

    private static Plugin start(Generation generation, Environment.Session session) throws Exception {
        return generation.boundary().call(() -> {
            Plugin plugin = generation.code().create();
            plugin.start(session.context());
            session.complete();
            return plugin;
        });
    }

    /**
     * Drains the generation, stops the plugin, and undoes its registrations.
     *
     * @param many number of generations that stop one after the other, including this one
     */
    void end(RunningPlugin running, int many) {
        Generation generation = running.generation();
        running.session().close();
        try {
            drain(generation, deadline.share(drainLimit, many));
            new TimeLimit(deadline.share(startLimit, many)).call("stop of " + generation.name(), () -> {
                generation.boundary().run(() -> running.plugin().stop());
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            LOG.warn("{}: stopping the plugin failed; the host undoes its registrations", generation.name(), failure);
        }
        finish(generation);
    }

    private static void drain(Generation generation, Duration limit) throws InterruptedException {
        if (!generation.inFlight().drain(limit)) {
            LOG.warn(
                    "{}: requests were still in flight after {} s; the plugin is stopped anyway",
                    generation.name(),
                    limit.toSeconds());
        }
    }

    private void finish(Generation generation) {
        generation.boundary().end();
        generation.registrations().undo();
        environment.ended(generation);
    }
}
