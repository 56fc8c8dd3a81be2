package dev.belfry.notifications.archive;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.NotificationArchive;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.RestoreOutcome;
import java.util.List;

/** The use case of importing notifications that have ids already. Targets need not be in the catalog. */
public final class NotificationImport {

    private final NotificationArchive archive;
    private final InboxListener listener;

    public NotificationImport(NotificationArchive archive, InboxListener listener) {
        this.archive = archive;
        this.listener = listener;
    }

    /** @return for each of the notifications, in their order */
    public List<RestoreOutcome> add(List<ArchivedNotification> notifications) {
        if (notifications.isEmpty()) {
            return List.of();
        }
        List<RestoreOutcome> outcomes = archive.restore(notifications);
        listener.on(new InboxEvent.InboxesChanged());
        return outcomes;
    }

    /** Adds readers to a stored notification. */
    public RestoreOutcome addReaders(NotificationId id, List<EntityRef> readers) {
        RestoreOutcome outcome = archive.restoreReaders(id, readers);
        listener.on(new InboxEvent.InboxesChanged());
        return outcome;
    }
}
