package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.with;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;

/** Rows of notifications on PostgreSQL: a round trip is what costs, so there is one statement, for one row as for a thousand. */
final class PostgresInserts {

    /** Violation of a unique constraint (PostgreSQL, appendix A). */
    private static final String UNIQUE_VIOLATION = "23505";

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
                    NOTIFICATION.FOLDED));
    private static final ArrayRows ADDRESSEES =
            new ArrayRows(ADDRESSEE, List.of(ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ));
    private static final ArrayRows DELTAS = new ArrayRows(
            TALLY_DELTA, List.of(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, TALLY_DELTA.TOTAL, TALLY_DELTA.READ));

    private final StatementCache statements;

    PostgresInserts(StatementCache statements) {
        this.statements = statements;
    }

    /** @throws Inserts.DuplicateSortKey when others have one of the positions, or two of them the same */
    void insert(DSLContext inside, List<StoredRow> rows) {
        // In one order everywhere, so that two who have positions in common never wait for each other in a circle.
        List<StoredRow> sorted = rows.stream()
                .sorted(Comparator.comparingLong(StoredRow::position))
                .toList();
        Map<String, Object> values = new HashMap<>();
        values.putAll(
                NOTIFICATIONS.values(sorted.stream().map(Inserts::notification).toList()));
        values.putAll(ADDRESSEES.values(
                sorted.stream().flatMap(row -> Inserts.addressees(row).stream()).toList()));
        values.putAll(DELTAS.values(Inserts.deltas(sorted).rows()));
        try {
            statements.execute(inside, "insert", PostgresInserts::insert, values);
        } catch (DataAccessException e) {
            throw UNIQUE_VIOLATION.equals(e.sqlState()) ? new Inserts.DuplicateSortKey() : e;
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
