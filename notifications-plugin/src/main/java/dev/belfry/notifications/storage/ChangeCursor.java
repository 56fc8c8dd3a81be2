package dev.belfry.notifications.storage;

/**
 * A moment in the history of a database: the changes that were committed before it.
 *
 * @since 0.2
 */
public interface ChangeCursor {

    /** The cursor as a text of printable ASCII characters without blanks and {@code ~}, the same on every host. */
    String text();

    /** Returns true if the change was committed before this moment. */
    boolean includes(long change);
}
