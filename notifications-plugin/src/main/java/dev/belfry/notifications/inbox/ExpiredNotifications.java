package dev.belfry.notifications.inbox;

import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.storage.Retention;
import dev.belfry.notifications.storage.RetentionCutoff;

/** The use case of deleting notifications that are past their retention. */
public final class ExpiredNotifications {

    private final Retention retention;
    private final InboxListener listener;

    public ExpiredNotifications(Retention retention, InboxListener listener) {
        this.retention = retention;
        this.listener = listener;
    }

    /** @return the number of deleted notifications */
    public long purge(RetentionCutoff cutoff) {
        long purged = retention.purge(cutoff);
        if (purged > 0) {
            listener.on(new InboxEvent.InboxesChanged());
        }
        return purged;
    }
}
