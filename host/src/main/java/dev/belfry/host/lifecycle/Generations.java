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
    private final TimeLimit startLimit;
    private final Duration drainLimit;
    private final AtomicLong counter = new AtomicLong();

    Generations(Environment environment, Duration startLimit, Duration drainLimit) {
        this.environment = environment;
        this.startLimit = new TimeLimit(startLimit);
        this.drainLimit = drainLimit;
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
            Plugin plugin = startLimit.call("start of " + name, () -> start(generation, session));
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

    /** Lets nobody in, waits for who is inside, stops the plugin, and undoes what it took. */
    void end(Running running) {
        Generation generation = running.generation();
        running.session().close();
        try {
            if (!generation.leases().drain(drainLimit)) {
                LOG.warn("{}: requests were still in flight after {} s", generation.name(), drainLimit.toSeconds());
            }
            startLimit.call("stop of " + generation.name(), () -> {
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
