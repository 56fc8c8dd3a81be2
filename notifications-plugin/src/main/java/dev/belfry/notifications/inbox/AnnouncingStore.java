package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Claim;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Excerpt;
import dev.belfry.notifications.storage.Expiry;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Mailing;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Place;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that tells those who wait what has been changed by way of it, once that is stored. */
public final class AnnouncingStore implements NotificationStore {

    private final NotificationStore store;
    private final Waiting waiting;

    public AnnouncingStore(NotificationStore store, Waiting waiting) {
        this.store = store;
        this.waiting = waiting;
    }

    @Override
    public SaveOutcome save(List<Mailing> mailings, @Nullable Claim claim) {
        SaveOutcome outcome = store.save(mailings, claim);
        if (outcome instanceof SaveOutcome.Stored) {
            mailings.forEach(mailing -> waiting.announce(mailing.addressees()));
        }
        return outcome;
    }

    @Override
    public boolean mark(Recipient recipient, NotificationId id, boolean read) {
        boolean reaches = store.mark(recipient, id, read);
        if (reaches) {
            waiting.announce(recipient.user());
        }
        return reaches;
    }

    /** What was marked before a failure stays marked. */
    @Override
    public long markAllRead(Recipient recipient, Scope scope, Instant until) {
        try {
            return store.markAllRead(recipient, scope, until);
        } finally {
            waiting.announce(recipient.user());
        }
    }

    @Override
    public long purge(Expiry expiry) {
        long purged = store.purge(expiry);
        if (purged > 0) {
            waiting.announceAny();
        }
        return purged;
    }

    // The rest changes no inbox.

    @Override
    public void forgetClaims(Instant until) {
        store.forgetClaims(until);
    }

    @Override
    public Excerpt page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return store.page(recipient, filter, order, offset, limit);
    }

    @Override
    public Excerpt following(Recipient recipient, Filter filter, Order order, Place last, int limit) {
        return store.following(recipient, filter, order, last, limit);
    }

    @Override
    public Stream<Delivery> all(Recipient recipient, Filter filter, Order order, Place last) {
        return store.all(recipient, filter, order, last);
    }

    @Override
    public Optional<Delivery> find(Recipient recipient, NotificationId id) {
        return store.find(recipient, id);
    }

    @Override
    public Optional<NotificationId> newest() {
        return store.newest();
    }

    @Override
    public long count(Recipient recipient, Filter filter) {
        return store.count(recipient, filter);
    }

    @Override
    public Tally tally(Recipient recipient, Scope scope) {
        return store.tally(recipient, scope);
    }

    @Override
    public List<Tally> tallies(List<Recipient> recipients, Scope scope) {
        return store.tallies(recipients, scope);
    }
}
