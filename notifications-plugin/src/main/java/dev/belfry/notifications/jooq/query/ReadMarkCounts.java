package dev.belfry.notifications.jooq.query;

import static org.jooq.impl.DSL.inline;

import org.jooq.Field;

/**
 * The numbers of an audience from the counters. Where a count is 0, the query does not look for rows.
 *
 * @param marks number of the reader's read marks in the audience
 * @param named number of its notifications that also name the reader
 */
record ReadMarkCounts(Field<Long> marks, Field<Long> named) {

    /** Both may be greater than 0. */
    static final ReadMarkCounts UNKNOWN = new ReadMarkCounts(inline(1L), inline(1L));
}
