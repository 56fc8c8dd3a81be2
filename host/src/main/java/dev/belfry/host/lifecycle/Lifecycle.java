package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which candidate of each plugin runs, and brings that about. Candidates come and go; of those with one id a static
 * one goes first, then the highest version. One that cannot run leaves what ran before untouched.
 */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Environment environment;
    private final Clock clock;
    private final Generations generations;
    private final Retries retries = new Retries();

    /** Held while plugins are changed; starting one may take long, so statuses are read under {@code this} alone. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Offers offers;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Set<Thread> draining = new LinkedHashSet<>();
    private boolean closed;

    /** @param versions orders semantic versions, lowest first */
    public Lifecycle(
            Environment environment,
            Clock clock,
            Comparator<String> versions,
            Duration startLimit,
            Duration drainLimit) {
        this.environment = environment;
        this.clock = clock;
        this.generations = new Generations(environment, startLimit, drainLimit);
        this.offers = new Offers(versions);
    }

    /** Takes candidates on, in the given order. None that fails stops the others, or the host. */
    public void offerAll(Collection<Candidate> candidates) {
        candidates.forEach(this::offer);
    }

    /** Takes a candidate on, in the place of what its file held before. */
    public void offer(Candidate candidate) {
        change(() -> {
            Set<String> affected = new LinkedHashSet<>();
            synchronized (this) {
                candidate.file().ifPresent(file -> affected.addAll(offers.forget(file)));
                offers.add(candidate, clock.instant());
            }
            affected.add(candidate.descriptor().id());
            affected.forEach(this::settle);
        });
    }

    /** Notes a file that holds no plugin that could be taken on. What ran out of it before runs on. */
    public void refuse(Path file, String reason) {
        change(() -> {
            LOG.error("{} is refused: {}", file.getFileName(), reason);
            Set<String> affected;
            synchronized (this) {
                affected = offers.forget(file);
                offers.refuse(file, reason, clock.instant());
            }
            affected.forEach(this::settle);
        });
    }

    /** A file has gone. */
    public void withdraw(Path file) {
        change(() -> {
            Set<String> affected;
            synchronized (this) {
                affected = offers.forget(file);
                running.values().stream()
                        .map(Running::candidate)
                        .filter(candidate -> candidate.isFrom(file))
                        .forEach(
                                candidate -> affected.add(candidate.descriptor().id()));
            }
            affected.forEach(this::settle);
        });
    }

    private void change(Runnable change) {
        changing.lock();
        try {
            if (!closed) {
                change.run();
            }
        } finally {
            changing.unlock();
        }
    }

    /** Makes the best candidate of a plugin run, and everything that depends on it follow. */
    private void settle(String id) {
        boolean before = isRunning(id);
        List<Offer> best = offersOf(id);
        boolean found = false;
        for (Offer offer : best) {
            if (found) {
                shadow(offer, best.getFirst());
            } else if (isServing(offer)) {
                // The same content as before, perhaps dropped once more: there is nothing to start.
                set(offer, State.RUNNING, "");
                found = true;
            } else {
                found = tryOut(offer);
            }
        }
        if (!found) {
            keepOrEnd(id);
        }
        if (before != isRunning(id)) {
            dependentsOf(id).forEach(this::settle);
        }
    }

    private synchronized List<Offer> offersOf(String id) {
        return offers.of(id);
    }

    private synchronized boolean isRunning(String id) {
        return running.containsKey(id);
    }

    private synchronized boolean isServing(Offer offer) {
        Running now = running.get(offer.id());
        return now != null
                && now.candidate().equals(offer.candidate())
                && unmetDependency(offer).isEmpty();
    }

    private synchronized Set<String> dependentsOf(String id) {
        return offers.dependentsOf(id);
    }

    private synchronized Optional<String> unmetDependency(Offer offer) {
        return offer.descriptor().dependencies().stream()
                .filter(dependency -> !running.containsKey(dependency))
                .findFirst();
    }

    private void shadow(Offer offer, Offer best) {
        Candidate first = best.candidate();
        set(
                offer,
                first.origin() == Origin.STATIC ? State.FAILED : State.SHADOWED,
                "the id '" + offer.id() + "' is taken by the "
                        + first.file().map(file -> "file " + file.getFileName()).orElse("static plugin")
                        + " of version "
                        + best.descriptor().version());
    }

    /** @return whether the offer serves now */
    private boolean tryOut(Offer offer) {
        if (!offer.isWorthATry()) {
            return false;
        }
        Optional<String> unmet = unmetDependency(offer);
        if (unmet.isPresent()) {
            String reason = reasonOfUnmet(offer, unmet.get());
            set(offer, State.FAILED, reason);
            LOG.error("{} failed: {}", offer.label(), reason);
            return false;
        }
        try {
            Running next = generations.begin(offer.candidate());
            take(offer, next);
            return true;
        } catch (Refusal refusal) {
            fail(offer, refusal);
            return false;
        }
    }

    private synchronized String reasonOfUnmet(Offer offer, String dependency) {
        List<String> circle = offers.circleThrough(offer.id());
        return circle.isEmpty()
                ? "it depends on '" + dependency + "', which does not run"
                : "it depends on itself: " + String.join(" -> ", circle);
    }

    /** From here on the new generation serves; the old one finishes what it has. */
    private void take(Offer offer, Running next) {
        Optional<Running> old;
        synchronized (this) {
            old = Optional.ofNullable(running.put(offer.id(), next));
        }
        next.session().open();
        set(offer, State.RUNNING, "");
        LOG.info("{} runs", offer.label());
        old.ifPresent(this::endAside);
    }

    private void fail(Offer offer, Refusal refusal) {
        if (environment.isPassing(refusal)) {
            Duration wait = retries.later(offer.id(), () -> change(() -> settle(offer.id())));
            set(offer, State.WAITING, refusal.reason());
            if (!isRunning(offer.id())) {
                environment.announceWaiting(offer.id());
            }
            LOG.warn("{} waits: {}. Next try in {} s", offer.label(), refusal.reason(), wait.toSeconds());
        } else {
            offer.giveUp();
            set(offer, State.FAILED, refusal.reason());
            LOG.error("{} failed: {}", offer.label(), refusal.reason(), refusal.getCause());
        }
    }

    /** No candidate can serve: what ran runs on while its file is there, though it holds something else by now. */
    private void keepOrEnd(String id) {
        Optional<Running> ending = Optional.empty();
        synchronized (this) {
            Running now = running.get(id);
            if (now == null) {
                return;
            }
            boolean replacedInVain = now.candidate()
                    .file()
                    .filter(file -> offers.holdsSomethingFor(id, file))
                    .isPresent();
            boolean needsWhatIsGone = now.candidate().descriptor().dependencies().stream()
                    .anyMatch(dependency -> !running.containsKey(dependency));
            if (!replacedInVain || needsWhatIsGone) {
                running.remove(id);
                ending = Optional.of(now);
            }
        }
        ending.ifPresent(this::endAside);
    }

    /** Draining may take long; the next change need not wait for it. */
    private void endAside(Running old) {
        old.session().close();
        Thread thread = Thread.ofVirtual()
                .name("end of " + old.generation().name())
                .unstarted(() -> {
                    generations.end(old);
                    LOG.info("{} has ended", old.generation().name());
                    synchronized (this) {
                        draining.remove(Thread.currentThread());
                    }
                });
        synchronized (this) {
            draining.add(thread);
        }
        thread.start();
    }

    private synchronized void set(Offer offer, State state, String reason) {
        offer.set(state, Optional.of(reason).filter(text -> !text.isEmpty()), clock.instant());
    }

    /** Every candidate and every refused file, in the order in which they came; and what runs though its file has changed. */
    public synchronized List<PluginStatus> statuses() {
        List<PluginStatus> all = new ArrayList<>(offers.statuses());
        running.values().stream().filter(now -> !offers.has(now.candidate())).forEach(now -> all.add(outliving(now)));
        all.addAll(offers.refusals());
        return List.copyOf(all);
    }

    private PluginStatus outliving(Running now) {
        Offer offer = new Offer(now.candidate(), clock.instant());
        offer.set(
                State.RUNNING, Optional.of("its file has been replaced by something that cannot run"), clock.instant());
        return offer.status();
    }

    /** Stops all plugins, last started first. */
    @Override
    public void close() {
        List<Running> ending;
        changing.lock();
        try {
            closed = true;
            retries.close();
            synchronized (this) {
                ending = new ArrayList<>(running.values()).reversed();
                running.clear();
            }
        } finally {
            changing.unlock();
        }
        ending.forEach(generations::end);
        waitForDraining();
        offers.discardAll();
    }

    private void waitForDraining() {
        List<Thread> left;
        synchronized (this) {
            left = List.copyOf(draining);
        }
        for (Thread thread : left) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
