package dev.belfry.host.lifecycle;

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
    Running begin(Candidate candidate) throws Refusal {
        String name = candidate.descriptor().id() + "#" + counter.incrementAndGet();
        PluginCode code = candidate.load(name);
        Ledger ledger = new Ledger();
        ledger.enter("class loader", code);
        Guard guard = new Guard(candidate.descriptor().id(), code.classLoader());
        Generation generation = new Generation(name, candidate, code, guard, ledger, new Leases());
        try {
            Environment.Session session = environment.prepare(generation);
            startLimit.run(
                    "start of " + name, () -> guard.run(() -> code.plugin().start(session.context())));
            session.complete();
            return new Running(generation, session);
        } catch (Throwable failure) {
            guard.end();
            ledger.undo();
            throw failure instanceof Refusal refusal ? refusal : new Refusal(Reasons.of(failure), failure);
        }
    }

    /** Lets nobody in, waits for who is inside, stops the plugin, and undoes what it took. */
    void end(Running running) {
        Generation generation = running.generation();
        running.session().close();
        try {
            if (!generation.leases().drain(drainLimit)) {
                LOG.warn("{}: requests were still in flight after {} s", generation.name(), drainLimit.toSeconds());
            }
            startLimit.run(
                    "stop of " + generation.name(),
                    () -> generation
                            .guard()
                            .run(() -> generation.code().plugin().stop()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            LOG.warn("{}: its stop failed", generation.name(), failure);
        }
        generation.guard().end();
        generation.ledger().undo();
    }
}
