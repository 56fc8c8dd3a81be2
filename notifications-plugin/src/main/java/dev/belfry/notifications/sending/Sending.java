package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import java.util.Collection;

/** Sends notifications: checks for whom they are and keeps them. */
public final class Sending {

    /** Hosts that make ids in the same millisecond meet on one place in about one of a million. */
    private static final int MAX_TRIES = 10;

    private final NotificationStore store;
    private final Directory directory;
    private final Ids ids;

    public Sending(NotificationStore store, Directory directory, Ids ids) {
        this.store = store;
        this.directory = directory;
        this.ids = ids;
    }

    /**
     * @return the id under which the notification is stored
     * @throws InvalidInput naming every addressee whom the catalog does not have; nothing is stored then
     */
    public NotificationId send(Draft draft) {
        Collection<String> unknown = directory.unknown(draft.addressees());
        if (!unknown.isEmpty()) {
            throw new InvalidInput("the catalog does not have " + String.join(", ", unknown));
        }
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            NotificationId id = ids.next();
            Notification notification =
                    new Notification(id, draft.content(), draft.addressees().isEveryone());
            if (store.save(notification, draft.addressees())) {
                return id;
            }
        }
        throw new IllegalStateException("the places of " + MAX_TRIES + " ids in a row are taken");
    }
}
