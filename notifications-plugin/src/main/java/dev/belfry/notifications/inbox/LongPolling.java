package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UserRef;
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
 * Lets users wait until something changes in their inboxes. While there are any, one thread looks for all of them: at once,
 * for those concerned, when this host has changed something; and at intervals, for all, since other hosts and the catalog
 * change things, too.
 */
public final class LongPolling {

    private static final long INTERVAL = Duration.ofMillis(700).toNanos();

    /** Between two looks at least, so that what happens together is looked at together. */
    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    private final NotificationStore store;
    private final Memberships memberships;
    private final Consumer<Throwable> failed;
    private final PendingPolls room = new PendingPolls();

    /** @param failed is told why nobody could look, when that begins */
    public LongPolling(NotificationStore store, Memberships memberships, Consumer<Throwable> failed) {
        this.store = store;
        this.memberships = memberships;
        this.failed = failed;
    }

    /** To be taken before the glance: what this host changes from here on is not missed by who then begins to wait. */
    public long moment() {
        return room.moment();
    }

    /** How many are waiting. */
    public int size() {
        return room.size();
    }

    /**
     * Begins to wait.
     *
     * @param known how the waiter knows the inbox
     * @param since from before it was known
     * @return completed with what there is as soon as that is not what is known; empty when the time is over
     */
    public CompletableFuture<Optional<InboxVersion>> forChange(InboxVersion known, Scope scope, long since, Duration atMost) {
        return room.enter(known, scope, since, atMost, this::watch);
    }

    /** Ends the waiting of all, as if their time were over. Whoever comes later does not wait. */
    public void close() {
        tellThatTimeIsOver(room.close());
    }

    void announce(Addressees addressees) {
        room.announce(changes -> changes.sentTo(addressees));
    }

    void announce(UserRef user) {
        room.announce(changes -> changes.of(user));
    }

    void announceAny() {
        room.announce(ChangedInboxes::ofAnybody);
    }

    private static void tellThatTimeIsOver(List<Poll> polls) {
        polls.forEach(poll -> poll.answer().complete(Optional.empty()));
    }

    private void watch() {
        Thread thread = Thread.ofVirtual().name("waiting").unstarted(this::look);
        // Whoever begins to wait may be outside the plugin.
        thread.setContextClassLoader(LongPolling.class.getClassLoader());
        thread.start();
    }

    private void look() {
        boolean nobodyWaits = false;
        try {
            lookWhileAnybodyWaits();
            nobodyWaits = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!nobodyWaits) {
                // After an error that nobody expects: they must not wait for a thread that is no more.
                tellThatTimeIsOver(room.unwatched());
            }
        }
    }

    private void lookWhileAnybodyWaits() throws InterruptedException {
        long last = System.nanoTime();
        long lastOfAll = last;
        long took = 0;
        boolean failing = false;
        while (true) {
            Optional<PendingPolls.Round> next = room.next(last + Math.max(PAUSE, took), lastOfAll + INTERVAL);
            if (next.isEmpty()) {
                return;
            }
            PendingPolls.Round round = next.get();
            tellThatTimeIsOver(round.over());
            if (round.concerned().isEmpty()) {
                continue;
            }
            long begin = System.nanoTime();
            failing = !isCompared(round.concerned(), failing);
            last = System.nanoTime();
            took = last - begin;
            lastOfAll = round.all() ? last : lastOfAll;
        }
    }

    /** @return false when it could not be done; those concerned wait on */
    private boolean isCompared(List<Poll> concerned, boolean told) {
        try {
            compare(concerned);
            return true;
        } catch (RuntimeException | LinkageError e) {
            if (!told) {
                failed.accept(e);
            }
            return false;
        }
    }

    private void compare(List<Poll> concerned) {
        Map<Scope, Map<UserRef, List<Poll>>> asked = new EnumMap<>(Scope.class);
        for (Poll poll : concerned) {
            asked.computeIfAbsent(poll.scope(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(poll.known().recipient().user(), _ -> new ArrayList<>(1))
                    .add(poll);
        }
        asked.forEach(this::compare);
    }

    private void compare(Scope scope, Map<UserRef, List<Poll>> asked) {
        List<Recipient> recipients = asked.keySet().stream()
                .map(user -> new Recipient(user, memberships.groupsOf(user)))
                .toList();
        List<InboxCounts> bulkCounts = store.bulkCounts(recipients, scope);
        for (int i = 0; i < recipients.size(); i++) {
            InboxVersion now = new InboxVersion(recipients.get(i), bulkCounts.get(i));
            asked.getOrDefault(recipients.get(i).user(), List.of()).stream()
                    .filter(poll -> !poll.known().isSameAs(now) && room.leave(poll))
                    .forEach(poll -> poll.answer().complete(Optional.of(now)));
        }
    }
}
