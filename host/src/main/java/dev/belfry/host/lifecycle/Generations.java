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
    Running begin(Candidate candidate, Links links) throws Refusal {
        long before = System.nanoTime();
        String name = candidate.descriptor().id() + "#" + counter.incrementAndGet();
        Generation generation = load(candidate, name, links);
        try {
            Environment.Session session = environment.prepare(generation);
            Plugin plugin = new TimeLimit(deadline.share(startLimit, 1))
                    .call("start of " + name, () -> start(generation, session));
            return new Running(candidate, generation, plugin, session, Duration.ofNanos(System.nanoTime() - before));
        } catch (Throwable failure) {
            finish(generation);
            throw Reasons.asRefusal(failure);
        }
    }

    private static Generation load(Candidate candidate, String name, Links links) throws Refusal {
        try {
            PluginCode code = candidate.load(name, links);
            Ledger ledger = new Ledger();
            ledger.enter("class loader", code);
            Leases leases = new Leases();
            Guard guard = new Guard(candidate.descriptor().id(), code.classLoader(), leases);
            return new Generation(name, candidate, links, code, guard, ledger, leases);
        } catch (RuntimeException | LinkageError failure) {
            throw Reasons.asRefusal(failure);
        }
    }

    private static Plugin start(Generation generation, Environment.Session session) throws Exception {
        return generation.guard().call(() -> {
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
    void end(Running running, int many) {
        Generation generation = running.generation();
        running.session().close();
        try {
            Duration drain = deadline.share(drainLimit, many);
            if (!generation.leases().drain(drain)) {
                LOG.warn("{}: requests were still in flight after {} s", generation.name(), drain.toSeconds());
            }
            new TimeLimit(deadline.share(startLimit, many)).call("stop of " + generation.name(), () -> {
                generation.guard().run(() -> running.plugin().stop());
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
        generation.guard().end();
        generation.ledger().undo();
        environment.ended(generation);
    }
}
