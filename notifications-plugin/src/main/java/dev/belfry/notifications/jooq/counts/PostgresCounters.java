package dev.belfry.notifications.jooq.counts;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.with;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.transaction.Transactions;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record3;
import org.jooq.Record5;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Counters on PostgreSQL. Each statement looks up the reader's audiences once. */
public final class PostgresCounters implements CounterSql {

    private static final String COMPACT = """
            with compacted as (delete from tally_delta returning owner, audience, total, read)
            insert into tally (owner, audience, total, read, changes)
            select owner, audience, sum(total), sum(read), count(*) from compacted group by owner, audience
            on conflict (owner, audience) do update
            set total = tally.total + excluded.total, read = tally.read + excluded.read,
            changes = tally.changes + excluded.changes""";

    /** The reader's audiences. */
    public static final Table<?> AUDIENCES = table(name("audiences"));

    public static final Field<Long> AUDIENCES_AUDIENCE = field(name("audiences", "audience"), Long.class);

    /** The reader's counters. */
    public static final Table<?> COUNTED = table(name("counted"));

    public static final Field<Long> AUDIENCE = field(name("counted", "audience"), Long.class);
    public static final Field<Long> OWN = field(name("counted", "own"), Long.class);
    public static final Field<Long> TOTAL = field(name("counted", "total"), Long.class);
    public static final Field<Long> READ = field(name("counted", "read"), Long.class);
    private static final Field<Long> CHANGES = field(name("counted", "changes"), Long.class);

    private final ListParameters lists;
    private final DSLContext reads;
    private final Transactions transactions;

    public PostgresCounters(ListParameters lists, DSLContext reads, Transactions transactions) {
        this.lists = lists;
        this.reads = reads;
        this.transactions = transactions;
    }

    @Override
    public Select<? extends Record> sum(AudienceSet audiences) {
        return with(audiences(audiences.numbersWithDuplicates(lists)))
                .select(sumOf(TOTAL), sumOf(READ), sumOf(CHANGES))
                .from(rows().asTable("counted", CounterQueries.COLUMNS));
    }

    @Override
    public void compact() {
        if (reads.fetchExists(TALLY_DELTA)) {
            transactions.withAdvisoryLock(MutingFlag.LOCK, transaction -> transaction.execute(COMPACT));
        }
    }

    /** The sums {@code total}, {@code read} and {@code changes} of {@link #counted}. */
    public static Select<Record3<Long, Long, Long>> sumOfCounted() {
        return select(
                        sumOf(TOTAL).as("total"),
                        sumOf(READ).as("read"),
                        sumOf(CHANGES).as("changes"))
                .from(COUNTED);
    }

    public static Field<Long> sumOf(Field<Long> column) {
        return coalesce(DSL.sum(column).cast(Long.class), inline(0L));
    }

    /** The common table expression {@link #AUDIENCES}. */
    public static CommonTableExpression<?> audiences(Select<Record1<Long>> numbers) {
        return name("audiences").fields("audience").asMaterialized(numbers);
    }

    /** The common table expression {@link #COUNTED}; needs {@link #audiences}. */
    public static CommonTableExpression<?> counted() {
        return name("counted").fields(CounterQueries.COLUMNS).asMaterialized(rows());
    }

    private static Select<Record5<Long, Long, Long, Long, Long>> rows() {
        return CounterQueries.rows(
                audience -> audience.eq(any(array(select(AUDIENCES_AUDIENCE).from(AUDIENCES)))));
    }
}
