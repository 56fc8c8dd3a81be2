package dev.belfry.notifications.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * Port: reads the changes that any host has made since a cursor. All methods are thread-safe.
 *
 * @since 0.2
 */
public interface InboxChanges {

    /** How long changes are kept, at least. */
    Duration KEPT = Duration.ofMinutes(30);

    /** The present moment. */
    ChangeCursor present();

    /**
     * Parses the text of a cursor, which may come from a client.
     *
     * @return empty if it is no such text
     */
    Optional<ChangeCursor> parse(String text);

    /**
     * The changes that the new cursor includes and the old one does not. Over all batches, each change occurs once.
     *
     * @param resumed true if the cursor may be older than {@link #KEPT}
     */
    ChangeBatch since(ChangeCursor cursor, boolean resumed);

    /** Tells the other hosts that this one has made changes. Does not wait and does not throw. */
    void announce();

    /**
     * Calls a listener when another host has announced changes. An announcement can be lost, so the listener must also look at an
     * interval.
     */
    void onAnnouncement(Runnable listener);

    /** Deletes changes that are older than {@link #KEPT}. */
    void deleteOldChanges();
}
