package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends single generations. Static and dynamic plugins take the same steps. */
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

    /**
     * Loads and starts; nothing is served yet.
     *
     * @throws Refusal when it cannot be; whatever it took has been undone
     */
    RunningPlugin begin(Candidate candidate, LinkedContracts linked) throws Refusal {
        long before = System.nanoTime();
        String name = candidate.descriptor().id() + "#" + counter.incrementAndGet();
        Generation generation = load(candidate, name, linked);
        try {
            Environment.Session session = environment.prepare(generation);
            Plugin plugin = new TimeLimit(deadline.share(startLimit, 1))
                    .call("start of " + name, () -> start(generation, session));
            return new RunningPlugin(candidate, generation, plugin, session, Duration.ofNanos(System.nanoTime() - before));
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
     * Lets nobody in, waits for who is inside, stops the plugin, and undoes what it took.
     *
     * @param many how many have to end one after the other, this one among them
     */
    void end(RunningPlugin running, int many) {
        Generation generation = running.generation();
        running.session().close();
        try {
            Duration drain = deadline.share(drainLimit, many);
            if (!generation.inFlight().drain(drain)) {
                LOG.warn("{}: requests were still in flight after {} s", generation.name(), drain.toSeconds());
            }
            new TimeLimit(deadline.share(startLimit, many)).call("stop of " + generation.name(), () -> {
                generation.boundary().run(() -> running.plugin().stop());
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            LOG.warn("{}: its stop failed", generation.name(), failure);
        }
        finish(generation);
    }

    private void finish(Generation generation) {
        generation.boundary().end();
        generation.registrations().undo();
        environment.ended(generation);
    }
}
