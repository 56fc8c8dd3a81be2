package dev.belfry.notifications.stream;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.InboxReader;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.UnreadCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Counts the unread notifications of users who have muted something, on threads of their own. Such a count can read each unread
 * notification, and the streams of other users must not wait for it.
 */
final class MutedCounts {

    private static final int MAX_CONCURRENT = 2;

    private final InboxReader reader;
    private final Runnable onCounted;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    /** Guarded by this, with its values. */
    private final Map<EntityRef, Counting> countings = new HashMap<>();

    /** A count that runs, or that nobody has taken yet. */
    private static final class Counting {

        private final Recipient recipient;
        private @Nullable UnreadCounts counts;
        private @Nullable RuntimeException failure;

        /** True if the inbox has changed since the begin, so that the counts may be of before. */
        private boolean outdated;

        Counting(Recipient recipient) {
            this.recipient = recipient;
        }
    }

    /** @param onCounted called on another thread after a count */
    MutedCounts(InboxReader reader, Runnable onCounted) {
        this.reader = reader;
        this.onCounted = onCounted;
    }

    /** The inbox has changed. */
    synchronized void changed(EntityRef user) {
        Counting counting = countings.get(user);
        if (counting != null) {
            counting.outdated = true;
        }
    }

    /** The user has no stream anymore, or has muted nothing. */
    synchronized void forget(EntityRef user) {
        countings.remove(user);
    }

    /**
     * The counts since the last change or later. Returns empty, and begins to count, if they are not known yet.
     *
     * @throws RuntimeException the failure of the count
     */
    synchronized Optional<UnreadCounts> take(Recipient recipient) {
        Counting counting = countings.get(recipient.user());
        if (counting != null && counting.failure != null) {
            countings.remove(recipient.user());
            throw counting.failure;
        }
        if (counting == null || !counting.recipient.equals(recipient)) {
            begin(recipient);
            return Optional.empty();
        }
        if (counting.counts == null) {
            return Optional.empty();
        }
        if (counting.outdated) {
            begin(recipient);
            return Optional.empty();
        }
        countings.remove(recipient.user());
        return Optional.of(counting.counts);
    }

    private void begin(Recipient recipient) {
        Counting counting = new Counting(recipient);
        countings.put(recipient.user(), counting);
        Thread thread = Thread.ofVirtual().name("inbox-recount").unstarted(() -> count(counting));
        thread.setContextClassLoader(MutedCounts.class.getClassLoader());
        thread.start();
    }

    private void count(Counting counting) {
        permits.acquireUninterruptibly();
        try {
            UnreadCounts counts = reader.bulkUnread(List.of(counting.recipient)).getFirst();
            synchronized (this) {
                counting.counts = counts;
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                counting.failure = e;
            }
        } finally {
            permits.release();
        }
        onCounted.run();
    }
}
