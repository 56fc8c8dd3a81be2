package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Table;

/**
 * Finds what has a text. There are two ways, through the inbox and through an index of everybody's texts, and how frequent the
 * text is decides between them: the first of the inbox tell a frequent text, and the index a rare one.
 */
final class TextSearch {

    /** So many of an inbox are read to see whether the text is frequent. */
    static final int FIRST_STEP = 64;

    /** Who finds so few has found a rare text. */
    private static final int FEW = 500;

    /** With more than these the inbox is read instead. */
    private static final int MAX_CANDIDATES = 5_000;

    private static final Param<Long> OFFSET = param("found_offset", Long.class);
    private static final Param<Long> LIMIT = param("found_limit", Long.class);

    private final Flavour flavour;
    private final Trigrams trigrams;

    TextSearch(Flavour flavour, Trigrams trigrams) {
        this.flavour = flavour;
        this.trigrams = trigrams;
    }

    /** Everything that has the text, in no order. */
    BoundQuery all(InboxSelection selection) {
        return candidates(selection.foldedText(), MAX_CANDIDATES)
                .map(candidates -> flavour.among(candidates, selection))
                .orElseGet(() -> flavour.all(selection));
    }

    /** What has the text of the first of the inbox, or of the last. */
    BoundQuery amongNewest(InboxSelection selection, boolean ascending, long offset, int limit) {
        return flavour.first(selection.withoutText(), ascending, 0, FIRST_STEP)
                .within(
                        new Cut("among first", ascending),
                        found -> select(positionOf(found))
                                .from(found)
                                .join(NOTIFICATION)
                                .on(NOTIFICATION.POS.eq(positionOf(found)))
                                .where(InboxSelection.hasText(NOTIFICATION.FOLDED))
                                .orderBy(InboxSelection.order(ascending))
                                .limit(LIMIT)
                                .offset(OFFSET),
                        values(selection, offset, limit));
    }

    /**
     * The same of all, where few have the text.
     *
     * @return empty when the index does not help
     */
    Optional<BoundQuery> byIndex(InboxSelection selection, boolean ascending, long offset, int limit) {
        return candidates(selection.foldedText(), FEW)
                .map(candidates -> flavour.among(candidates, selection)
                        .within(
                                new Cut("by index", ascending),
                                found -> select(positionOf(found))
                                        .from(found)
                                        .orderBy(InboxSelection.order(ascending))
                                        .limit(LIMIT)
                                        .offset(OFFSET),
                                values(selection, offset, limit)));
    }

    /** @return empty when the index does not help, or would find more than {@code max} */
    private Optional<List<Long>> candidates(String folded, int max) {
        if (folded.codePointCount(0, folded.length()) >= Trigram.LENGTH) {
            return flavour.candidates(folded, max);
        }
        return trigrams.begunBy(folded)
                .flatMap(begun -> begun.isEmpty() ? Optional.of(List.of()) : flavour.candidates(begun, max));
    }

    private record Cut(String what, boolean ascending) {}

    private static Map<String, Object> values(InboxSelection selection, long offset, int limit) {
        return Map.of(
                Params.TEXT.getName(), selection.foldedText(), OFFSET.getName(), offset, LIMIT.getName(), (long) limit);
    }

    private static Field<Long> positionOf(Table<Record1<Long>> found) {
        return Objects.requireNonNull(found.field(InboxSelection.POSITION));
    }
}
