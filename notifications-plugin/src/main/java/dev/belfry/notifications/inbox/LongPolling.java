package dev.belfry.notifications.inbox;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.InboxReader;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Long polling: requests wait until an inbox changes. While there are any, one thread checks them: the concerned ones as soon as
 * this host has changed something, and all of them at an interval, because other hosts and the catalog make changes, too.
 */
public final class LongPolling implements InboxListener {

    private static final long INTERVAL = Duration.ofMillis(700).toNanos();

    /** Minimum time between two checks, so that simultaneous changes are checked together. */
    private static final long MIN_PAUSE = Duration.ofMillis(20).toNanos();

    private final InboxReader reader;
    private final Memberships memberships;
    private final Consumer<Throwable> onFailure;
    private final PendingPolls pending = new PendingPolls();

    /** @param onFailure called with the first failure of a series */
    public LongPolling(InboxReader reader, Memberships memberships, Consumer<Throwable> onFailure) {
        this.reader = reader;
        this.memberships = memberships;
        this.onFailure = onFailure;
    }

    /** Take it before the version: {@link #forChange} then misses no later change. */
    public long moment() {
        return pending.moment();
    }

    /** The number of waiting requests. */
    public int size() {
        return pending.size();
    }

    /**
     * Waits for a change.
     *
     * @param known the version that the client has
     * @param since a {@link #moment} from before the version was read
     * @return completed with the new version, or empty after a timeout
     */
    public CompletableFuture<Optional<InboxVersion>> forChange(
            InboxVersion known, Scope scope, long since, Duration atMost) {
        return pending.add(known, scope, since, atMost, this::watch);
    }

    /** Ends all waiting as by a timeout. Later requests do not wait. */
    public void close() {
        timeOut(pending.close());
    }

    @Override
    public void on(InboxEvent event) {
        switch (event) {
            case InboxEvent.NotificationCreated(AddressedNotification created) ->
                pending.announce(changes -> changes.addAddressees(created.addressees()));
            case InboxEvent.NotificationsRead(EntityRef user) -> pending.announce(changes -> changes.add(user));
            case InboxEvent.MuteListReplaced(EntityRef user) -> pending.announce(changes -> changes.add(user));
            case InboxEvent.InboxesChanged() -> pending.announce(ChangedInboxes::addAll);
        }
    }

    private static void timeOut(List<Poll> polls) {
        polls.forEach(poll -> poll.result().complete(Optional.empty()));
    }

    private void watch() {
        Thread thread = Thread.ofVirtual().name("long-polling").unstarted(this::run);
        // The calling thread may have another class loader.
        thread.setContextClassLoader(LongPolling.class.getClassLoader());
        thread.start();
    }

    private void run() {
        boolean ended = false;
        try {
            checkWhilePolled();
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                // An unexpected error has ended this thread, so the polls must not wait for it.
                timeOut(pending.watchFailed());
            }
        }
    }

    private void checkWhilePolled() throws InterruptedException {
        long last = System.nanoTime();
        long lastFull = last;
        long took = 0;
        boolean failing = false;
        while (true) {
            Optional<PendingPolls.Round> next = pending.next(last + Math.max(MIN_PAUSE, took), lastFull + INTERVAL);
            if (next.isEmpty()) {
                return;
            }
            PendingPolls.Round round = next.get();
            timeOut(round.timedOut());
            if (round.concerned().isEmpty()) {
                continue;
            }
            long begin = System.nanoTime();
            failing = !isChecked(round.concerned(), failing);
            last = System.nanoTime();
            took = last - begin;
            lastFull = round.all() ? last : lastFull;
        }
    }

    /** @return false after a failure; the polls keep waiting */
    private boolean isChecked(List<Poll> concerned, boolean failedBefore) {
        try {
            check(concerned);
            return true;
        } catch (RuntimeException | LinkageError e) {
            if (!failedBefore) {
                onFailure.accept(e);
            }
            return false;
        }
    }

    private void check(List<Poll> concerned) {
        Map<Scope, Map<EntityRef, List<Poll>>> byScope = new EnumMap<>(Scope.class);
        for (Poll poll : concerned) {
            byScope.computeIfAbsent(poll.scope(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(poll.known().recipient().user(), _ -> new ArrayList<>(1))
                    .add(poll);
        }
        byScope.forEach(this::check);
    }

    private void check(Scope scope, Map<EntityRef, List<Poll>> byUser) {
        List<Recipient> recipients = byUser.keySet().stream()
                .map(user -> new Recipient(user, memberships.groupsOf(user)))
                .toList();
        List<InboxCounts> counts = reader.bulkCounts(recipients, scope);
        for (int i = 0; i < recipients.size(); i++) {
            InboxVersion now = new InboxVersion(recipients.get(i), counts.get(i));
            byUser.getOrDefault(recipients.get(i).user(), List.of()).stream()
                    .filter(poll -> !poll.known().isSameAs(now) && pending.remove(poll))
                    .forEach(poll -> poll.result().complete(Optional.of(now)));
        }
    }
}
