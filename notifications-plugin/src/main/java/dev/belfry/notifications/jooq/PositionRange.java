package dev.belfry.notifications.jooq;

import static org.jooq.impl.DSL.noCondition;

import dev.belfry.notifications.storage.Filter;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * A range of positions.
 *
 * @param after the last position before it
 * @param before the first position behind it
 */
record PositionRange(long after, long before) {

    private static final long BEFORE_FIRST = -1;
    private static final long BEHIND_LAST = Long.MAX_VALUE;

    static PositionRange of(Filter filter) {
        return new PositionRange(
                filter.createdAfter() == null ? BEFORE_FIRST : SortKeys.lastUntil(filter.createdAfter()), BEHIND_LAST);
    }

    /** Everything up to an instant. */
    static PositionRange until(Instant instant) {
        long last = SortKeys.lastUntil(instant);
        return new PositionRange(BEFORE_FIRST, last == BEHIND_LAST ? BEHIND_LAST : last + 1);
    }

    /** What of this lies behind a position, in the given direction. */
    PositionRange behind(long position, boolean ascending) {
        return ascending
                ? new PositionRange(Math.max(after, position), before)
                : new PositionRange(after, Math.min(before, position));
    }

    boolean begins() {
        return after != BEFORE_FIRST;
    }

    boolean ends() {
        return before != BEHIND_LAST;
    }

    /** In the parameters {@link Params#AFTER} and {@link Params#BEFORE}, where there is a limit. */
    Condition holds(Field<Long> position) {
        Condition condition = noCondition();
        if (begins()) {
            condition = condition.and(position.gt(Params.AFTER));
        }
        if (ends()) {
            condition = condition.and(position.lt(Params.BEFORE));
        }
        return condition;
    }
}
