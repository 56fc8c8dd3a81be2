package dev.belfry.notifications.stream;

import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.InboxChanges;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of an event: what its client has received so far.
 *
 * @param base all changes before it
 * @param part a part of the changes after it; null = none
 */
record StreamPosition(ChangeCursor base, @Nullable Part part) {

    private static final String SEPARATOR = "~";

    /**
     * The changes of a window up to one of them.
     *
     * @param until end of the window
     * @param last key of the last change
     */
    record Part(ChangeCursor until, String last) {

        boolean includes(InboxChange change) {
            return until.includes(change.change()) && change.key().compareTo(last) <= 0;
        }
    }

    static StreamPosition at(ChangeCursor base) {
        return new StreamPosition(base, null);
    }

    String text() {
        return part == null
                ? base.text()
                : String.join(SEPARATOR, base.text(), part.until().text(), part.last());
    }

    /** Returns empty if the text, which comes from a client, is not of this form. */
    static Optional<StreamPosition> parse(String text, InboxChanges changes) {
        String[] parts = text.split(SEPARATOR, -1);
        Optional<ChangeCursor> base = changes.parse(parts[0]);
        if (base.isEmpty() || parts.length == 1) {
            return base.map(StreamPosition::at);
        }
        if (parts.length != 3) {
            return Optional.empty();
        }
        return changes.parse(parts[1]).map(until -> new StreamPosition(base.get(), new Part(until, parts[2])));
    }
}
