package dev.belfry.notifications.stream;

import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.InboxChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what resumed streams have missed, once for all that continue at the same place. */
final class CatchUp {

    /** A client that has missed more batches has to read its list anew. */
    private static final int MAX_BATCHES = 10;

    private final InboxChanges changes;
    private final Map<ChangeCursor, Optional<List<InboxChange>>> read = new HashMap<>();

    CatchUp(InboxChanges changes) {
        this.changes = changes;
    }

    /** A missed change, and the position of a client that has received it. */
    record Missed(InboxChange change, StreamPosition position) {}

    /**
     * The changes between a position and a cursor.
     *
     * @return empty if they cannot be told
     */
    Optional<List<Missed>> missed(StreamPosition from, ChangeCursor until) {
        StreamPosition.Part part = from.part();
        if (part == null) {
            return window(from.base(), until).map(Stream::toList);
        }
        // The rest of the window in which the client was cut off has to come first.
        Optional<Stream<Missed>> rest =
                window(from.base(), part.until()).map(missed -> missed.filter(one -> !part.includes(one.change())));
        return rest.flatMap(begin ->
                window(part.until(), until).map(end -> Stream.concat(begin, end).toList()));
    }

    private Optional<Stream<Missed>> window(ChangeCursor base, ChangeCursor until) {
        return read.computeIfAbsent(base, this::since)
                .map(found -> found.stream()
                        .filter(change -> until.includes(change.change()))
                        .map(change -> new Missed(
                                change, new StreamPosition(base, new StreamPosition.Part(until, change.key())))));
    }

    private Optional<List<InboxChange>> since(ChangeCursor base) {
        List<InboxChange> all = new ArrayList<>();
        ChangeCursor cursor = base;
        for (int i = 0; i < MAX_BATCHES; i++) {
            ChangeBatch batch = changes.since(cursor, true);
            if (!batch.known()) {
                return Optional.empty();
            }
            all.addAll(batch.changes());
            if (!batch.more()) {
                return Optional.of(all.stream().sorted().toList());
            }
            cursor = batch.cursor();
        }
        return Optional.empty();
    }
}
