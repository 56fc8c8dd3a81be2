package dev.belfry.notifications.jooq.query;

import static org.jooq.impl.DSL.noCondition;

import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.storage.Filter;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * A range of positions.
 *
 * @param after lower bound, exclusive
 * @param before upper bound, exclusive
 */
public record PositionRange(long after, long before) {

    private static final long NO_LOWER_BOUND = -1;
    private static final long NO_UPPER_BOUND = Long.MAX_VALUE;

    public static PositionRange of(Filter filter) {
        return new PositionRange(
                filter.createdAfter() == null ? NO_LOWER_BOUND : SortKeys.lastUntil(filter.createdAfter()),
                NO_UPPER_BOUND);
    }

    /** The positions of notifications created until then. */
    public static PositionRange until(Instant instant) {
        long last = SortKeys.lastUntil(instant);
        return new PositionRange(NO_LOWER_BOUND, last == NO_UPPER_BOUND ? NO_UPPER_BOUND : last + 1);
    }

    /** The part of this range that follows a position in the given direction. */
    public PositionRange behind(long position, boolean ascending) {
        return ascending
                ? new PositionRange(Math.max(after, position), before)
                : new PositionRange(after, Math.min(before, position));
    }

    boolean hasLowerBound() {
        return after != NO_LOWER_BOUND;
    }

    boolean hasUpperBound() {
        return before != NO_UPPER_BOUND;
    }

    /** The bounds are the parameters {@link Params#AFTER} and {@link Params#BEFORE}. */
    Condition contains(Field<Long> position) {
        Condition condition = noCondition();
        if (hasLowerBound()) {
            condition = condition.and(position.gt(Params.AFTER));
        }
        if (hasUpperBound()) {
            condition = condition.and(position.lt(Params.BEFORE));
        }
        return condition;
    }
}
