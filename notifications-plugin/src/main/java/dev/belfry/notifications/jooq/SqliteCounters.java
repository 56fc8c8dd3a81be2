package dev.belfry.notifications.jooq;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.Table;

/** What {@link CounterTable} keep, summed up on SQLite. */
final class SqliteCounters {

    private static final Field<Long> AUDIENCE = field(name("counted", "audience"), Long.class);
    private static final Field<Long> OWN = field(name("counted", "own"), Long.class);
    private static final Field<Long> CHANGES = field(name("counted", "changes"), Long.class);
    private static final Field<Long> TOTAL = field(name("counted", "total"), Long.class);
    private static final Field<Long> READ = field(name("counted", "read"), Long.class);

    private final Sqlite flavour;

    SqliteCounters(Sqlite flavour) {
        this.flavour = flavour;
    }

    Select<? extends Record> counts(AudienceSet counted) {
        return select(zeroIfNone(TOTAL), zeroIfNone(READ), zeroIfNone(CHANGES)).from(rows(counted));
    }

    /**
     * The audiences by which something unread reaches the reader; how many marks the reader has in each, and how many of its
     * notifications name the reader.
     */
    Select<Record3<Long, Long, Long>> unread(AudienceSet audiences) {
        Field<Long> marks = sum(READ).cast(Long.class);
        return select(AUDIENCE, marks, sum(OWN).cast(Long.class).neg())
                .from(rows(audiences))
                .groupBy(AUDIENCE)
                .having(sum(TOTAL).cast(Long.class).minus(marks).gt(inline(0L)));
    }

    private Table<?> rows(AudienceSet counted) {
        return CounterTable.rows(audience -> flavour.isAmong(audience, counted)).asTable("counted", CounterTable.COLUMNS);
    }

    private static Field<BigDecimal> zeroIfNone(Field<Long> column) {
        return coalesce(sum(column), inline(BigDecimal.ZERO));
    }
}
