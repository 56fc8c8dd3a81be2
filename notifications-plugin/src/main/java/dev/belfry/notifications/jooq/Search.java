package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.select;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Finds what has a text. There are two ways, through the inbox and through an index of everybody's texts, and how frequent the
 * text is decides between them: the first of the inbox tell a frequent text, and the index a rare one.
 */
final class Search {

    /** So many of an inbox are read to see whether the text is frequent. */
    private static final int FIRST_STEP = 64;

    /** Who finds so few has found a rare text. */
    private static final int FEW = 500;

    /** With more than these the inbox is read instead. */
    private static final int MAX_CANDIDATES = 5_000;

    private final Templates reads;
    private final Flavour flavour;

    Search(Templates reads, Flavour flavour) {
        this.reads = reads;
        this.flavour = flavour;
    }

    /** Everything that has the text, in no order. */
    BoundSelect all(Ways ways) {
        return flavour.candidates(ways.foldedText(), MAX_CANDIDATES)
                .map(candidates -> flavour.among(candidates, ways))
                .orElseGet(() -> flavour.all(ways));
    }

    /** The positions of the first that have the text. */
    List<Long> first(Ways ways, boolean ascending, long offset, int limit) {
        List<Seen> seen = look(ways.withoutText(), ways.foldedText(), ascending);
        List<Long> found = seen.stream().filter(Seen::hit).map(Seen::position).toList();
        if (found.size() >= offset + limit || seen.size() < FIRST_STEP) {
            return found.stream().skip(offset).limit(limit).toList();
        }
        Optional<List<Long>> indexed = found.isEmpty() ? byIndex(ways, ascending) : Optional.empty();
        return indexed.map(all -> all.stream().skip(offset).limit(limit).toList())
                .orElseGet(() -> reads.fetch(flavour.first(ways, ascending, offset, limit), row -> row.getLong(1)));
    }

    /** All that have a text that few have. */
    private Optional<List<Long>> byIndex(Ways ways, boolean ascending) {
        return flavour.candidates(ways.foldedText(), FEW).map(candidates -> {
            BoundSelect among = flavour.among(candidates, ways)
                    .within(
                            new Sorted(ascending),
                            found -> select(positionOf(found)).from(found).orderBy(Ways.order(ascending)),
                            Map.of());
            return reads.fetch(among, row -> row.getLong(1));
        });
    }

    private static Field<Long> positionOf(Table<Record1<Long>> found) {
        return Objects.requireNonNull(found.field(Ways.POSITION));
    }

    private record Sorted(boolean ascending) {}

    private record Seen(long position, boolean hit) {}

    private List<Seen> look(Ways ways, String text, boolean ascending) {
        BoundSelect looked = flavour.first(ways, ascending, 0, FIRST_STEP)
                .within(
                        new Look(ascending),
                        found -> select(NOTIFICATION.POS, DSL.position(NOTIFICATION.FOLDED, Params.TEXT))
                                .from(found)
                                .join(NOTIFICATION)
                                .on(NOTIFICATION.POS.eq(positionOf(found)))
                                .orderBy(Ways.order(ascending)),
                        Map.of(Params.TEXT.getName(), text));
        return reads.fetch(looked, row -> new Seen(row.getLong(1), row.getLong(2) > 0));
    }

    private record Look(boolean ascending) {}
}
