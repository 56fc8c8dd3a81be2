package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.jooq.search.SearchIndex;
import dev.belfry.notifications.jooq.search.Trigram;
import dev.belfry.notifications.jooq.search.TrigramTable;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.Params;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Table;

/**
 * Searches an inbox for a text. A frequent text is found in the newest notifications of the inbox, a rare one through the index
 * of all texts.
 */
public final class TextSearch {

    /** Up to this many matches of the index are fewer than reading the inbox. */
    private static final int MAX_RARE = 500;

    /** With more matches of the index than this, the inbox is read instead. */
    private static final int MAX_CANDIDATES = 5_000;

    private static final Param<Long> OFFSET = param("found_offset", Long.class);
    private static final Param<Long> LIMIT = param("found_limit", Long.class);

    private final InboxSql sql;
    private final SearchIndex index;
    private final TrigramTable trigrams;

    public TextSearch(InboxSql sql, SearchIndex index, TrigramTable trigrams) {
        this.sql = sql;
        this.index = index;
        this.trigrams = trigrams;
    }

    /** All matches, in no order. */
    BoundQuery all(InboxSelection selection) {
        return candidates(selection.foldedText(), MAX_CANDIDATES)
                .map(candidates -> sql.among(candidates, selection))
                .orElseGet(() -> sql.all(selection));
    }

    /** Matches among the newest (or oldest) {@value InboxSql#FIRST_SEARCHED} notifications of the inbox. */
    BoundQuery amongNewest(InboxSelection selection, boolean ascending, long offset, int limit) {
        return sql.page(selection.withoutText(), ascending, 0, InboxSql.FIRST_SEARCHED)
                .nestedIn(
                        new CacheKey("among first", ascending),
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
     * A page of all matches, if they are few.
     *
     * @return empty when the index cannot be used, or has many matches
     */
    Optional<BoundQuery> byIndex(InboxSelection selection, boolean ascending, long offset, int limit) {
        return candidates(selection.foldedText(), MAX_RARE)
                .map(candidates -> sql.among(candidates, selection)
                        .nestedIn(
                                new CacheKey("by index", ascending),
                                found -> select(positionOf(found))
                                        .from(found)
                                        .orderBy(InboxSelection.order(ascending))
                                        .limit(LIMIT)
                                        .offset(OFFSET),
                                values(selection, offset, limit)));
    }

    /** @return empty when the index cannot be used, or has more than {@code max} matches */
    private Optional<List<Long>> candidates(String folded, int max) {
        if (folded.codePointCount(0, folded.length()) >= Trigram.LENGTH) {
            return index.candidates(folded, max);
        }
        return trigrams.startingWith(folded)
                .flatMap(found -> found.isEmpty() ? Optional.of(List.of()) : index.candidates(found, max));
    }

    /** Everything that changes the SQL text. */
    private record CacheKey(String what, boolean ascending) {}

    private static Map<String, Object> values(InboxSelection selection, long offset, int limit) {
        return Map.of(
                Params.TEXT.getName(), selection.foldedText(), OFFSET.getName(), offset, LIMIT.getName(), (long) limit);
    }

    private static Field<Long> positionOf(Table<Record1<Long>> found) {
        return Objects.requireNonNull(found.field(Params.POSITION));
    }
}
