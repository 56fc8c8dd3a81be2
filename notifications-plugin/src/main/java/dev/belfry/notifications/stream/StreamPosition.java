package dev.belfry.notifications.stream;

import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.InboxChanges;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of an event: what its client has received so far.
 *
 * @param base all changes before it
 * @param part a part of the changes after it; null = none
 */
record StreamPosition(ChangeCursor base, @Nullable Part part) {

    private static final String SEPARATOR = "~";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /**
     * The changes of a window up to one of them.
     *
     * @param until end of the window
     * @param change transaction of the last change
     * @param key of the last change
     */
    record Part(ChangeCursor until, long change, String key) {

        private static final Comparator<Part> ORDER =
                Comparator.comparingLong(Part::change).thenComparing(Part::key);

        static Part of(ChangeCursor until, InboxChange last) {
            return new Part(until, last.change(), last.key());
        }

        boolean includes(InboxChange other) {
            return until.includes(other.change()) && ORDER.compare(of(until, other), this) <= 0;
        }
    }

    static StreamPosition at(ChangeCursor base) {
        return new StreamPosition(base, null);
    }

    String text() {
        return part == null
                ? base.text()
                : String.join(SEPARATOR, base.text(), part.until().text(), Long.toString(part.change()), part.key());
    }

    /** Returns empty if the text, which comes from a client, is not of this form. */
    static Optional<StreamPosition> parse(String text, InboxChanges changes) {
        String[] parts = text.split(SEPARATOR, -1);
        Optional<ChangeCursor> base = changes.parse(parts[0]);
        if (base.isEmpty() || parts.length == 1) {
            return base.map(StreamPosition::at);
        }
        if (parts.length != 4 || !NUMBER.matcher(parts[2]).matches()) {
            return Optional.empty();
        }
        long change = Long.parseLong(parts[2]);
        return changes.parse(parts[1]).map(until -> new StreamPosition(base.get(), new Part(until, change, parts[3])));
    }
}
