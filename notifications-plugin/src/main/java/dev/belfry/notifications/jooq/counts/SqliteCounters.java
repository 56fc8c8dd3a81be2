package dev.belfry.notifications.jooq.counts;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.transaction.Transactions;
import java.math.BigDecimal;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Counters on SQLite. */
public final class SqliteCounters implements CounterSql {

    private static final Field<Long> AUDIENCE = field(name("counted", "audience"), Long.class);
    private static final Field<Long> OWN = field(name("counted", "own"), Long.class);
    private static final Field<Long> CHANGES = field(name("counted", "changes"), Long.class);
    private static final Field<Long> TOTAL = field(name("counted", "total"), Long.class);
    private static final Field<Long> READ = field(name("counted", "read"), Long.class);

    private final ListParameters lists;
    private final DSLContext reads;
    private final Transactions transactions;

    public SqliteCounters(ListParameters lists, DSLContext reads, Transactions transactions) {
        this.lists = lists;
        this.reads = reads;
        this.transactions = transactions;
    }

    @Override
    public Select<? extends Record> sum(AudienceSet audiences) {
        return select(zeroIfNone(TOTAL), zeroIfNone(READ), zeroIfNone(CHANGES)).from(rows(audiences));
    }

    /** SQLite has one writer, so the added and the deleted deltas are the same rows. */
    @Override
    public void compact() {
        if (!reads.fetchExists(TALLY_DELTA)) {
            return;
        }
        transactions.write(transaction -> {
            transaction
                    .insertInto(TALLY, TALLY.OWNER, TALLY.AUDIENCE, TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                    .select(select(
                                    TALLY_DELTA.OWNER,
                                    TALLY_DELTA.AUDIENCE,
                                    DSL.sum(TALLY_DELTA.TOTAL).cast(Long.class),
                                    DSL.sum(TALLY_DELTA.READ).cast(Long.class),
                                    count().cast(Long.class))
                            .from(TALLY_DELTA)
                            // Without a condition, SQLite parses "on conflict" as a join condition.
                            .where(inline(1).eq(inline(1)))
                            .groupBy(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE))
                    .onConflict(TALLY.OWNER, TALLY.AUDIENCE)
                    .doUpdate()
                    .set(TALLY.TOTAL, TALLY.TOTAL.plus(excluded(TALLY.TOTAL)))
                    .set(TALLY.READ, TALLY.READ.plus(excluded(TALLY.READ)))
                    .set(TALLY.CHANGES, TALLY.CHANGES.plus(excluded(TALLY.CHANGES)))
                    .execute();
            return transaction.deleteFrom(TALLY_DELTA).execute();
        });
    }

    /**
     * The audiences with unread notifications; for each, the number of the reader's read marks and the number of notifications
     * that name the reader.
     */
    public Select<Record3<Long, Long, Long>> audiencesWithUnread(AudienceSet audiences) {
        Field<Long> marks = DSL.sum(READ).cast(Long.class);
        return select(AUDIENCE, marks, DSL.sum(OWN).cast(Long.class).neg())
                .from(rows(audiences))
                .groupBy(AUDIENCE)
                .having(DSL.sum(TOTAL).cast(Long.class).minus(marks).gt(inline(0L)));
    }

    private Table<?> rows(AudienceSet audiences) {
        return CounterQueries.rows(audience -> audiences.contains(audience, lists))
                .asTable("counted", CounterQueries.COLUMNS);
    }

    private static Field<BigDecimal> zeroIfNone(Field<Long> column) {
        return coalesce(DSL.sum(column), inline(BigDecimal.ZERO));
    }
}
