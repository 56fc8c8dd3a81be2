package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops plugins and knows how each one is. Static and dynamic plugins take the same steps. */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final Environment environment;
    private final Clock clock;
    private final TimeLimit startLimit;
    private final Duration drainLimit;
    private final AtomicLong counter = new AtomicLong();

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<PluginStatus> refused = new ArrayList<>();
    private final List<Thread> retries = new ArrayList<>();
    private boolean closed;

    /** A plugin that has been taken on. */
    private static final class Entry {
        final Candidate candidate;
        PluginStatus status;
        Optional<Running> running = Optional.empty();

        Entry(Candidate candidate, PluginStatus status) {
            this.candidate = candidate;
            this.status = status;
        }
    }

    private record Running(Generation generation, Environment.Session session) {}

    public Lifecycle(Environment environment, Clock clock, Duration startLimit, Duration drainLimit) {
        this.environment = environment;
        this.clock = clock;
        this.startLimit = new TimeLimit(startLimit);
        this.drainLimit = drainLimit;
    }

    /** Starts plugins in the given order. None that fails stops the others, or the host. */
    public void startAll(Collection<Candidate> candidates) {
        candidates.forEach(this::start);
    }

    /** Notes a file that never became a candidate. */
    public synchronized void refuse(Path file, String reason) {
        LOG.error("{} is refused: {}", file.getFileName(), reason);
        refused.add(new PluginStatus(
                idOf(file),
                "",
                State.FAILED,
                Origin.DYNAMIC,
                Optional.of(file.getFileName()),
                Optional.of(reason),
                clock.instant()));
    }

    private static String idOf(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.jar$", "");
    }

    private void start(Candidate candidate) {
        Entry entry;
        synchronized (this) {
            Entry other = entries.get(candidate.descriptor().id());
            if (other != null) {
                refuseSecond(candidate, other.candidate);
                return;
            }
            entry = new Entry(candidate, status(candidate, State.STARTING, Optional.empty()));
            entries.put(candidate.descriptor().id(), entry);
        }
        attempt(entry, FIRST_RETRY);
    }

    private void refuseSecond(Candidate candidate, Candidate first) {
        String reason = "the id '" + candidate.descriptor().id() + "' is taken by the "
                + (first.origin() == Origin.STATIC
                        ? "static plugin"
                        : "file " + first.file().map(Path::getFileName).orElseThrow())
                + " of version " + first.descriptor().version() + ", which runs";
        LOG.error("{} is refused: {}", label(candidate), reason);
        refused.add(status(candidate, State.FAILED, Optional.of(reason)));
    }

    private void attempt(Entry entry, Duration retryAfter) {
        try {
            requireDependencies(entry.candidate.descriptor());
            Running running = run(entry.candidate);
            synchronized (this) {
                if (!closed) {
                    entry.running = Optional.of(running);
                    set(entry, State.RUNNING, Optional.empty());
                    running.session().open();
                    LOG.info("{} runs", label(entry.candidate));
                    return;
                }
            }
            stop(running);
        } catch (Refusal refusal) {
            fail(entry, refusal, retryAfter);
        }
    }

    private void requireDependencies(Descriptor descriptor) throws Refusal {
        for (String dependency : descriptor.dependencies()) {
            if (stateOf(dependency) != State.RUNNING) {
                throw new Refusal("it depends on '" + dependency + "', which does not run");
            }
        }
    }

    private synchronized State stateOf(String pluginId) {
        Entry entry = entries.get(pluginId);
        return entry == null ? State.STOPPED : entry.status.state();
    }

    private Running run(Candidate candidate) throws Refusal {
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

    private void fail(Entry entry, Refusal refusal, Duration retryAfter) {
        if (environment.isPassing(refusal)) {
            set(entry, State.WAITING, Optional.of(refusal.reason()));
            environment.announceWaiting(entry.candidate.descriptor().id());
            LOG.warn(
                    "{} waits: {}. Next try in {} s", label(entry.candidate), refusal.reason(), retryAfter.toSeconds());
            retryLater(entry, retryAfter);
        } else {
            set(entry, State.FAILED, Optional.of(refusal.reason()));
            LOG.error("{} failed: {}", label(entry.candidate), refusal.reason(), refusal.getCause());
        }
    }

    private synchronized void retryLater(Entry entry, Duration after) {
        if (closed) {
            return;
        }
        Duration next = after.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : after.multipliedBy(2);
        Thread thread = Thread.ofVirtual()
                .name("retry of " + entry.candidate.descriptor().id())
                .unstarted(() -> {
                    try {
                        Thread.sleep(after);
                    } catch (InterruptedException e) {
                        return;
                    }
                    attempt(entry, next);
                    synchronized (Lifecycle.this) {
                        retries.remove(Thread.currentThread());
                    }
                });
        retries.add(thread);
        thread.start();
    }

    private synchronized void set(Entry entry, State state, Optional<String> reason) {
        entry.status = status(entry.candidate, state, reason);
    }

    private PluginStatus status(Candidate candidate, State state, Optional<String> reason) {
        Descriptor descriptor = candidate.descriptor();
        return new PluginStatus(
                descriptor.id(),
                descriptor.version(),
                state,
                candidate.origin(),
                candidate.file().map(Path::getFileName),
                reason,
                clock.instant());
    }

    private static String label(Candidate candidate) {
        Descriptor descriptor = candidate.descriptor();
        return "plugin " + descriptor.id() + " " + descriptor.version()
                + candidate.file().map(file -> " (" + file.getFileName() + ")").orElse("");
    }

    /** Every plugin and every refused file, in the order in which they came. */
    public synchronized List<PluginStatus> statuses() {
        List<PluginStatus> all = new ArrayList<>();
        entries.values().forEach(entry -> all.add(entry.status));
        all.addAll(refused);
        return List.copyOf(all);
    }

    /** Stops all plugins, last started first. */
    @Override
    public void close() {
        List<Entry> stopping;
        synchronized (this) {
            closed = true;
            retries.forEach(Thread::interrupt);
            stopping = new ArrayList<>(entries.values()).reversed();
        }
        for (Entry entry : stopping) {
            entry.running.ifPresent(running -> {
                set(entry, State.DRAINING, Optional.empty());
                stop(running);
                set(entry, State.STOPPED, Optional.empty());
            });
        }
    }

    private void stop(Running running) {
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
