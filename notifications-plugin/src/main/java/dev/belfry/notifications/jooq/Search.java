package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.Folding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.Table;

/**
 * Finds what has a text. There are two ways, through the inbox and through an index of everybody's texts, and how frequent the
 * text is decides between them: a sample of the inbox tells a frequent text, and the index a rare one.
 */
final class Search {

    /** So many of an inbox are read to see how frequent a text is. */
    private static final int SAMPLE = 500;

    /** With more than these the inbox is read instead. */
    private static final int MAX_CANDIDATES = 5_000;

    private final DSLContext reads;
    private final Flavour flavour;

    Search(DSLContext reads, Flavour flavour) {
        this.reads = reads;
        this.flavour = flavour;
    }

    /** Everything that has the text, in no order. */
    Select<Record1<Long>> all(Ways ways) {
        return byIndex(ways).orElseGet(() -> flavour.all(ways));
    }

    /** The first that have the text. */
    Select<Record1<Long>> first(Ways ways, boolean ascending, long offset, int limit) {
        Result<Record2<Long, Integer>> sample = sample(ways, ascending);
        List<Long> hits = sample.stream()
                .filter(row -> row.value2() > 0)
                .map(Record2::value1)
                .toList();
        if (hits.size() >= offset + limit || sample.size() < SAMPLE) {
            return flavour.listed(hits.stream().skip(offset).limit(limit).toList());
        }
        if (hits.isEmpty()) {
            Optional<Select<Record1<Long>>> found = byIndex(ways);
            if (found.isPresent()) {
                Table<Record1<Long>> every = found.get().asTable("every");
                Field<Long> position = Objects.requireNonNull(every.field(Ways.POSITION));
                return select(position)
                        .from(every)
                        .orderBy(Ways.order(ascending))
                        .limit(limit)
                        .offset(offset);
            }
        }
        return flavour.first(ways, ascending, offset, limit);
    }

    private Optional<Select<Record1<Long>>> byIndex(Ways ways) {
        return flavour.candidates(text(ways), MAX_CANDIDATES).map(candidates -> flavour.among(candidates, ways));
    }

    private Result<Record2<Long, Integer>> sample(Ways ways, boolean ascending) {
        Table<Record1<Long>> begun =
                flavour.first(ways.withoutText(), ascending, 0, SAMPLE).asTable("begun");
        Field<Long> pos = Objects.requireNonNull(begun.field(Ways.POSITION));
        return reads.select(pos, position(NOTIFICATION.FOLDED, val(text(ways))))
                .from(begun)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(pos))
                .orderBy(Ways.order(ascending))
                .fetch();
    }

    private static String text(Ways ways) {
        return Folding.fold(Objects.requireNonNull(ways.filter().text()));
    }
}
