package dev.belfry.notifications.jooq.insert;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.with;

import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.jooq.statement.ArrayRows;
import dev.belfry.notifications.jooq.statement.StatementCache;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;

/** Inserts on PostgreSQL. A round trip costs most, so one statement inserts any number of rows into all tables. */
public final class PostgresInserts implements InsertSql {

    /** unique_violation (PostgreSQL, appendix A). */
    private static final String UNIQUE_VIOLATION = "23505";

    /** program_limit_exceeded, for example a row that is too large for an index. */
    private static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    private static final int MAX_WRITERS = 2;

    private static final ArrayRows NOTIFICATIONS = new ArrayRows(
            NOTIFICATION,
            List.of(
                    NOTIFICATION.POS,
                    NOTIFICATION.AUDIENCE,
                    NOTIFICATION.ID,
                    NOTIFICATION.ORIGIN,
                    NOTIFICATION.TITLE,
                    NOTIFICATION.MESSAGE,
                    NOTIFICATION.TOPIC,
                    NOTIFICATION.ACTIONS,
                    NOTIFICATION.MARKDOWN,
                    NOTIFICATION.FOLDED));
    private static final ArrayRows ADDRESSEES =
            new ArrayRows(ADDRESSEE, List.of(ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ));
    private static final ArrayRows DELTAS = new ArrayRows(
            TALLY_DELTA, List.of(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, TALLY_DELTA.TOTAL, TALLY_DELTA.READ));

    private final DSLContext writes;
    private final StatementCache statements;

    public PostgresInserts(DSLContext writes, StatementCache statements) {
        this.writes = writes;
        this.statements = statements;
    }

    @Override
    public int maxWriters() {
        return MAX_WRITERS;
    }

    @Override
    public boolean mayConcernOneRow(DataAccessException failure) {
        return failure.sqlStateClass() == SQLStateClass.C22_DATA_EXCEPTION
                || PROGRAM_LIMIT_EXCEEDED.equals(failure.sqlState());
    }

    @Override
    public void insert(List<StoredRow> rows) {
        insert(writes, rows);
    }

    @Override
    public void insert(DSLContext transaction, List<StoredRow> rows) {
        // Sorted, so that two transactions with equal positions cannot deadlock.
        List<StoredRow> sorted = rows.stream()
                .sorted(Comparator.comparingLong(StoredRow::position))
                .toList();
        Map<String, Object> values = new HashMap<>();
        values.putAll(NOTIFICATIONS.values(
                sorted.stream().map(InsertValues::notification).toList()));
        values.putAll(ADDRESSEES.values(sorted.stream()
                .flatMap(row -> InsertValues.addressees(row).stream())
                .toList()));
        values.putAll(DELTAS.values(InsertValues.deltas(sorted).rows()));
        try {
            statements.execute(transaction, "insert", PostgresInserts::insert, values);
        } catch (DataAccessException e) {
            throw UNIQUE_VIOLATION.equals(e.sqlState()) ? new DuplicateSortKey() : e;
        }
    }

    private static Query insert() {
        return with(name("addressed").as(ADDRESSEES.insert().returningResult(ADDRESSEE.POS)))
                .with(name("counted").as(DELTAS.insert().returningResult(TALLY_DELTA.TOTAL)))
                .insertInto(NOTIFICATION)
                .columns(NOTIFICATIONS.columns())
                .select(NOTIFICATIONS.rows());
    }
}
