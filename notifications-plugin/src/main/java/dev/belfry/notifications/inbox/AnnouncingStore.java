package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that announces its committed changes to long polling. */
public final class AnnouncingStore implements NotificationStore {

    private final NotificationStore store;
    private final LongPolling polling;

    public AnnouncingStore(NotificationStore store, LongPolling polling) {
        this.store = store;
        this.polling = polling;
    }

    @Override
    public SaveOutcome save(List<AddressedNotification> notifications, @Nullable IdempotencyKey key) {
        SaveOutcome outcome = store.save(notifications, key);
        if (outcome instanceof SaveOutcome.Stored) {
            notifications.forEach(addressed -> polling.announce(addressed.addressees()));
        }
        return outcome;
    }

    @Override
    public boolean mark(Recipient recipient, NotificationId id, boolean read) {
        boolean reaches = store.mark(recipient, id, read);
        if (reaches) {
            polling.announce(recipient.user());
        }
        return reaches;
    }

    /** Announces also after a failure: finished transactions stay. */
    @Override
    public long markAllRead(Recipient recipient, Scope scope, Instant until) {
        try {
            return store.markAllRead(recipient, scope, until);
        } finally {
            polling.announce(recipient.user());
        }
    }

    @Override
    public long purge(RetentionCutoff cutoff) {
        long purged = store.purge(cutoff);
        if (purged > 0) {
            polling.announceAll();
        }
        return purged;
    }

    // The other methods change no inbox.

    @Override
    public void deleteIdempotencyKeys(Instant until) {
        store.deleteIdempotencyKeys(until);
    }

    @Override
    public InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return store.page(recipient, filter, order, offset, limit);
    }

    @Override
    public InboxPage following(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        return store.following(recipient, filter, order, last, limit);
    }

    @Override
    public Stream<InboxItem> all(Recipient recipient, Filter filter, Order order, SeekPosition last) {
        return store.all(recipient, filter, order, last);
    }

    @Override
    public Optional<InboxItem> find(Recipient recipient, NotificationId id) {
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
    public InboxCounts counts(Recipient recipient, Scope scope) {
        return store.counts(recipient, scope);
    }

    @Override
    public List<InboxCounts> bulkCounts(List<Recipient> recipients, Scope scope) {
        return store.bulkCounts(recipients, scope);
    }
}
