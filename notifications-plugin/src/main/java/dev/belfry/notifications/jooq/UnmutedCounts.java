package dev.belfry.notifications.jooq;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.counts.BulkCounts;
import dev.belfry.notifications.jooq.counts.CounterQueries;
import dev.belfry.notifications.jooq.query.InboxQueries;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UnreadCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * The unread notifications that are not muted. For recipients who have muted nothing, the counters tell them. Those of others are
 * counted one by one, and kept until the revision of the inbox changes.
 */
final class UnmutedCounts {

    private static final int MAX_CACHED = 20_000;

    /** Tries to count without a change in between. */
    private static final int MAX_TRIES = 3;

    private record Key(EntityRef user, Scope scope) {}

    private record Counted(Recipient recipient, long revision, long unread) {}

    private final InboxQueries queries;
    private final CounterQueries counters;
    private final Cache<Key, Counted> cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            // The default executor is shared by the JVM and would outlive the plugin.
            .executor(Runnable::run)
            .build();

    UnmutedCounts(InboxQueries queries, CounterQueries counters) {
        this.queries = queries;
        this.counters = counters;
    }

    List<UnreadCounts> unread(List<Recipient> recipients, List<BulkCounts.ByScope> counts) {
        List<UnreadCounts> unread = new ArrayList<>(recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            Recipient recipient = recipients.get(i);
            unread.add(new UnreadCounts(
                    unread(recipient, Scope.USER, counts.get(i).personal()),
                    unread(recipient, Scope.SYSTEM, counts.get(i).system())));
        }
        return unread;
    }

    /** @param counts read just before: a later change is then counted again, because it has another revision */
    long unread(Recipient recipient, Scope scope, InboxCounts counts) {
        if (!counts.muting() || counts.unread() == 0) {
            return counts.unread();
        }
        Key key = new Key(recipient.user(), scope);
        Counted cached = cache.getIfPresent(key);
        if (cached != null
                && cached.revision() == counts.revision()
                && cached.recipient().equals(recipient)) {
            return cached.unread();
        }
        Counted counted = count(recipient, scope, counts);
        cache.put(key, counted);
        return counted.unread();
    }

    private Counted count(Recipient recipient, Scope scope, InboxCounts known) {
        InboxCounts before = known;
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long unread = queries.countUnmuted(recipient, scope, before.unread());
            InboxCounts after = counters.counts(recipient, scope);
            if (after.revision() == before.revision()) {
                return new Counted(recipient, after.revision(), unread);
            }
            before = after;
        }
        // The inbox changes all the time. This statement needs no counts, but reads notifications that are read, too.
        long unread = queries.count(recipient, new Filter(scope, null, null, false).withMuted(false));
        return new Counted(recipient, before.revision(), unread);
    }
}
