package dev.belfry.notifications.jooq.change;

import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import java.util.Optional;

/** Reads changes and their cursors. */
public interface ChangeSql {

    /** Gives the database a new identity if it is a copy of another one. */
    void adopt();

    ChangeCursor present();

    Optional<ChangeCursor> parse(String text);

    /** See {@link dev.belfry.notifications.storage.InboxChanges#since}. */
    ChangeBatch since(ChangeCursor cursor, boolean resumed);

    /** Deletes changes that are older than {@link dev.belfry.notifications.storage.InboxChanges#KEPT}. */
    void deleteOld();
}
