package dev.belfry.notifications.jooq.query;

import dev.belfry.notifications.jooq.counts.CounterQueries;
import dev.belfry.notifications.jooq.row.NotificationRows;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import java.util.List;
import java.util.Optional;

/** The SQL that reads an inbox, where it differs by database. Queries select positions, each once. */
public interface InboxSql {

    /** A text is first searched for among this many of the newest (or oldest) notifications of the inbox. */
    int FIRST_SEARCHED = 64;

    /** A page of positions, in order. */
    BoundQuery page(InboxSelection selection, boolean ascending, long offset, int limit);

    /**
     * The columns of {@link NotificationRows#at} and {@link CounterQueries#counts} for a page, in one statement. If the filter has
     * a text, only the first {@link #FIRST_SEARCHED} notifications are searched.
     *
     * @return empty when two statements are as fast
     */
    Optional<BoundQuery> pageWithCounts(InboxSelection selection, boolean ascending, long offset, int limit);

    /**
     * Positions of unread notifications, from the newest on, until this many are found.
     *
     * @param selection of unread notifications
     * @param count a few more may be found
     */
    BoundQuery unread(InboxSelection selection, int count);

    /** All positions of the selection, in no order. */
    BoundQuery all(InboxSelection selection);

    /** Those of the positions that are in the selection, in no order. */
    BoundQuery among(List<Long> positions, InboxSelection selection);
}
