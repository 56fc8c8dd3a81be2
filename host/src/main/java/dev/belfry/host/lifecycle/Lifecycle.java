package dev.belfry.host.lifecycle;

import dev.belfry.host.lifecycle.Wiring.Obstacle;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides which candidate of each plugin runs, and brings that about. Candidates come and go; of those with one id a static
 * one goes first, then the highest version. One that cannot run leaves what ran before untouched.
 *
 * <p>Every change is made in the same way: it is noted what there is, then each plugin is settled in the order of who needs
 * whom, until nothing changes any more.
 */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Environment environment;
    private final Clock clock;
    private final DisabledPlugins disabled;
    private final Generations generations;
    private final Endings endings;
    private final Retries retries = new Retries();

    /** Held while plugins are changed. Starting one may take long, so statuses are read without it. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Offers offers;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Wiring wiring;

    /** Those that are to start anew though nothing has changed. */
    private final Set<String> restarts = new HashSet<>();

    /** What a change has put out of service, in the order of who needs whom. */
    private final List<Running> replaced = new ArrayList<>();

    private final StopDeadline deadline;
    private volatile List<PluginStatus> statuses = List.of();
    private volatile boolean closed;

    public Lifecycle(
            Environment environment,
            Clock clock,
            Versions versions,
            DisabledPlugins disabled,
            Duration startLimit,
            Duration drainLimit,
            StopDeadline deadline) {
        this.environment = environment;
        this.clock = clock;
        this.disabled = disabled;
        this.generations = new Generations(environment, startLimit, drainLimit, deadline);
        this.deadline = deadline;
        this.endings = new Endings(generations);
        this.offers = new Offers(versions);
        this.wiring = new Wiring(offers, running, versions, environment);
    }

    /** Takes candidates on. None that fails stops the others, or the host. */
    public void offerAll(Collection<Candidate> candidates) {
        change(() -> candidates.forEach(this::add));
    }

    /** Takes a candidate on, in the place of what its file held before. */
    public void offer(Candidate candidate) {
        change(() -> add(candidate));
    }

    private void add(Candidate candidate) {
        candidate.file().ifPresent(offers::forget);
        offers.add(candidate, clock.instant());
    }

    /** Notes a file that holds no plugin that could be taken on. What ran out of it before runs on. */
    public void refuse(Path file, Refusal refusal) {
        change(() -> {
            if (offers.isRefused(file, refusal.reason())) {
                return;
            }
            LOG.atLevel(refusal.state() == State.DISABLED ? Level.INFO : Level.ERROR)
                    .log("{} is refused: {}", file.getFileName(), refusal.reason());
            offers.forget(file);
            offers.refuse(file, refusal, clock.instant());
        });
    }

    /** A file has gone. */
    public void withdraw(Path file) {
        change(() -> offers.forget(file));
    }

    /**
     * Starts a plugin anew, also one that has failed. What runs, runs on until its successor has started.
     *
     * @return false when there is no such plugin
     */
    public boolean restart(String id) {
        return operate(id, () -> {
            restarts.add(id);
            offers.of(id).forEach(Offer::tryAgain);
        });
    }

    /**
     * Stops a plugin and keeps it from starting, also after a restart of the host.
     *
     * @return false when there is no such plugin
     */
    public boolean disable(String id) {
        return operate(id, () -> disabled.add(id));
    }

    /**
     * Takes {@link #disable} back.
     *
     * @return false when there is no such plugin
     */
    public boolean enable(String id) {
        return operate(id, () -> {
            disabled.remove(id);
            offers.of(id).forEach(Offer::tryAgain);
        });
    }

    private boolean operate(String id, Runnable operation) {
        changing.lock();
        try {
            if (!offers.ids().contains(id) && !running.containsKey(id)) {
                return false;
            }
            change(operation);
            return true;
        } finally {
            changing.unlock();
        }
    }

    private void change(Runnable change) {
        changing.lock();
        try {
            if (!closed) {
                change.run();
                settleAll();
            }
        } finally {
            // Also after an error that nobody expects: what serves no more must come to its end.
            endings.begin(List.copyOf(replaced).reversed());
            replaced.clear();
            publish();
            changing.unlock();
        }
    }

    private void settleAll() {
        boolean changed = true;
        // Each pass brings at least one plugin to where it belongs; more are not needed.
        for (int pass = 0; changed && pass <= offers.ids().size() + 1; pass++) {
            changed = false;
            for (String id : wiring.inOrder()) {
                changed |= settle(id);
            }
        }
    }

    /**
     * Makes the best candidate of a plugin run.
     *
     * @return whether another one serves now, or none any more
     */
    private boolean settle(String id) {
        Optional<Running> before = runningOf(id);
        if (disabled.contains(id)) {
            offers.of(id).forEach(offer -> set(offer, State.DISABLED, "an operator has disabled it"));
            end(id);
        } else if (!settleOne(offers.of(id)) && !mayRunOn(id)) {
            end(id);
        }
        announce(id);
        return !before.map(Running::generation).equals(runningOf(id).map(Running::generation));
    }

    private Optional<Running> runningOf(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** @return whether one of them serves */
    private boolean settleOne(List<Offer> best) {
        boolean found = false;
        for (Offer offer : best) {
            if (found) {
                shadow(offer, best);
            } else {
                found = serves(offer) || tryOut(offer);
            }
        }
        return found;
    }

    /** The same content as before, perhaps under another name, needs no start. */
    private boolean serves(Offer offer) {
        Running now = running.get(offer.id());
        if (now == null
                || restarts.contains(offer.id())
                || !now.candidate().isSameCodeAs(offer.candidate())
                || !fits(now)) {
            return false;
        }
        running.put(offer.id(), now.from(offer.candidate()));
        if (!offer.is(State.RUNNING)) {
            set(offer, State.RUNNING, "");
        }
        return true;
    }

    /** Whether all that it needs is there, and still is what it was linked with. */
    private boolean fits(Running now) {
        try {
            return wiring.obstacleOf(now.descriptor()).isEmpty()
                    && wiring.linksOf(now.candidate()).equals(now.generation().links());
        } catch (Refusal refusal) {
            return false;
        }
    }

    private void shadow(Offer offer, List<Offer> best) {
        Offer first = best.stream()
                .filter(other -> other.is(State.RUNNING))
                .findFirst()
                .orElse(best.getFirst());
        set(
                offer,
                first.candidate().origin() == Origin.STATIC ? State.FAILED : State.SHADOWED,
                "the id '" + offer.id() + "' is taken by the "
                        + first.candidate()
                                .file()
                                .map(file -> "file " + file.getFileName())
                                .orElse("static plugin")
                        + " of version "
                        + first.descriptor().version());
    }

    /** @return whether the offer serves now */
    private boolean tryOut(Offer offer) {
        Optional<Obstacle> obstacle = wiring.obstacleOf(offer.descriptor());
        if (obstacle.isPresent()) {
            if (set(offer, obstacle.get().state(), obstacle.get().reason())) {
                LOG.error("{} cannot run: {}", offer.label(), obstacle.get().reason());
            }
            return false;
        }
        try {
            Links links = wiring.linksOf(offer.candidate());
            return offer.isWorthATry(links) && start(offer, links);
        } catch (Refusal refusal) {
            refused(offer, refusal);
            return false;
        }
    }

    private boolean start(Offer offer, Links links) {
        restarts.remove(offer.id());
        if (runningOf(offer.id()).isEmpty()) {
            set(offer, State.STARTING, "");
        }
        try {
            take(offer, generations.begin(offer.candidate(), links));
            return true;
        } catch (Refusal refusal) {
            if (refusal.isPassing() || environment.isPassing(refusal)) {
                waitFor(offer, refusal);
            } else {
                offer.failed(links);
                refused(offer, refusal);
            }
            return false;
        }
    }

    /** From here on the new generation serves; the old one finishes what it has. */
    private void take(Offer offer, Running next) {
        Optional<Running> old = Optional.ofNullable(running.put(offer.id(), next));
        next.session().open();
        set(offer, State.RUNNING, "");
        LOG.info("{} runs, started in {} ms", offer.label(), next.startedIn().toMillis());
        old.ifPresent(replaced::add);
    }

    private void waitFor(Offer offer, Refusal refusal) {
        offer.waits();
        Duration wait = retries.later(
                offer.id(), () -> change(() -> offers.of(offer.id()).forEach(Offer::resume)));
        set(offer, State.WAITING, refusal.reason());
        LOG.warn("{} waits: {}. Next try in {} s", offer.label(), refusal.reason(), wait.toSeconds());
    }

    private void refused(Offer offer, Refusal refusal) {
        boolean runs = runningOf(offer.id())
                .filter(now -> now.candidate().isSameCodeAs(offer.candidate()) && fits(now))
                .isPresent();
        boolean news = runs
                ? set(offer, State.RUNNING, "it could not be started anew, and runs on as before: " + refusal.reason())
                : set(offer, State.FAILED, refusal.reason());
        if (news) {
            LOG.error("{} failed: {}", offer.label(), refusal.reason(), refusal.getCause());
        }
    }

    /** No candidate can serve: what ran runs on while its file is there, though it holds something else by now. */
    private boolean mayRunOn(String id) {
        Running now = running.get(id);
        return now != null
                && (hasOffer(now)
                        || now.candidate()
                                .file()
                                .filter(file -> offers.holdsSomethingFor(id, file))
                                .isPresent())
                && fits(now);
    }

    private boolean hasOffer(Running now) {
        return offers.of(now.descriptor().id()).stream()
                .anyMatch(offer -> offer.candidate().equals(now.candidate()));
    }

    private void end(String id) {
        Optional.ofNullable(running.remove(id)).ifPresent(replaced::add);
    }

    /** Requests for a plugin that will be there are told to come again. */
    private void announce(String id) {
        if (running.containsKey(id)) {
            return;
        }
        if (offers.of(id).stream().anyMatch(offer -> offer.is(State.WAITING))) {
            environment.announceWaiting(id);
        } else {
            environment.withdrawWaiting(id);
        }
    }

    /** @return whether that is news */
    private boolean set(Offer offer, State state, String reason) {
        boolean news = offer.set(state, Optional.of(reason).filter(text -> !text.isEmpty()), clock.instant());
        publish();
        return news;
    }

    /** Every candidate and every refused file, in the order in which they came; and what runs though its file has changed. */
    public List<PluginStatus> statuses() {
        return statuses;
    }

    private void publish() {
        List<PluginStatus> all = new ArrayList<>();
        offers.all()
                .forEach(offer -> all.add(offer.status(runningOf(offer.id())
                        .filter(now ->
                                offer.is(State.RUNNING) && now.candidate().equals(offer.candidate())))));
        running.values().stream().filter(now -> !hasOffer(now)).forEach(now -> all.add(outliving(now)));
        all.addAll(offers.refusals());
        statuses = List.copyOf(all);
    }

    private PluginStatus outliving(Running now) {
        Offer offer = new Offer(now.candidate(), clock.instant());
        offer.set(
                State.RUNNING, Optional.of("its file has been replaced by something that cannot run"), clock.instant());
        return offer.status(Optional.of(now));
    }

    /** Stops all plugins, who uses another before it, while there is time. */
    @Override
    public void close() {
        deadline.begin();
        closed = true;
        retries.close();
        if (!lockForTheStop()) {
            LOG.warn("plugins are not stopped: one of them is being changed still");
            return;
        }
        try {
            List<Running> ending = new ArrayList<>();
            wiring.inOrder().forEach(id -> runningOf(id).ifPresent(ending::add));
            running.clear();
            endings.begin(ending.reversed());
        } finally {
            changing.unlock();
        }
        endings.await(deadline);
        offers.discardAll();
    }

    private boolean lockForTheStop() {
        try {
            return changing.tryLock(deadline.left().dividedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
