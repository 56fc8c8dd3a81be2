package dev.belfry.notifications.jooq;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.with;

import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record3;
import org.jooq.Record5;
import org.jooq.Select;
import org.jooq.Table;

/** What {@link CounterTable} keep, summed up on PostgreSQL. The audiences that concern a reader are looked up once a statement. */
final class PostgresCounters {

    /** The audiences that concern the reader. */
    static final Table<?> TOUCHED = table(name("touched"));

    static final Field<Long> TOUCHED_AUDIENCE = field(name("touched", "audience"), Long.class);

    /** The kept counts that concern the reader. */
    static final Table<?> COUNTED = table(name("counted"));

    static final Field<Long> AUDIENCE = field(name("counted", "audience"), Long.class);
    static final Field<Long> OWN = field(name("counted", "own"), Long.class);
    static final Field<Long> TOTAL = field(name("counted", "total"), Long.class);
    static final Field<Long> READ = field(name("counted", "read"), Long.class);
    private static final Field<Long> CHANGES = field(name("counted", "changes"), Long.class);

    private PostgresCounters() {}

    /** By itself, where nothing else asks for what concerns the reader. */
    static Select<? extends Record> counts(Select<Record1<Long>> touched) {
        return with(touched(touched))
                .select(sumOf(TOTAL), sumOf(READ), sumOf(CHANGES))
                .from(rows().asTable("counted", CounterTable.COLUMNS));
    }

    /** The columns {@code total}, {@code read} and {@code changes} of what has been counted. */
    static Select<Record3<Long, Long, Long>> ofCounted() {
        return select(
                        sumOf(TOTAL).as("total"),
                        sumOf(READ).as("read"),
                        sumOf(CHANGES).as("changes"))
                .from(COUNTED);
    }

    static Field<Long> sumOf(Field<Long> column) {
        return coalesce(sum(column).cast(Long.class), inline(0L));
    }

    /** @param audiences numbers; some may be there several times where they are only looked for */
    static CommonTableExpression<?> touched(Select<Record1<Long>> audiences) {
        return name("touched").fields("audience").asMaterialized(audiences);
    }

    static CommonTableExpression<?> counted() {
        return name("counted").fields(CounterTable.COLUMNS).asMaterialized(rows());
    }

    private static Select<Record5<Long, Long, Long, Long, Long>> rows() {
        return CounterTable.rows(
                audience -> audience.eq(any(array(select(TOUCHED_AUDIENCE).from(TOUCHED)))));
    }
}
