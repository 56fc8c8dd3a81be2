package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.SEARCHED;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Rows of notifications on SQLite, one by one: sending a statement costs nothing here, preparing it does. */
final class SqliteInserts {

    private static final Param<Long> POSITION = column(NOTIFICATION.POS);
    private static final Param<String> FOLDED = column(NOTIFICATION.FOLDED);

    /** Twice behind each text of the index, so that its last characters, too, begin a trigram. Stands between its parts as well. */
    private static final char END = '\uFFFF';

    private final StatementCache statements;

    SqliteInserts(StatementCache statements) {
        this.statements = statements;
    }

    /** @throws Inserts.DuplicateSortKey when others have one of the positions, or two of them the same */
    void insert(DSLContext inside, List<StoredRow> rows) {
        inside.connection(connection -> {
            insert(connection, rows);
            count(connection, Inserts.deltas(rows));
        });
    }

    private void insert(Connection connection, List<StoredRow> rows) throws SQLException {
        try (CachedStatement.Prepared notification =
                        statements.prepare(connection, "notification", SqliteInserts::notification);
                CachedStatement.Prepared addressee = statements.prepare(connection, "addressee", SqliteInserts::addressee);
                CachedStatement.Prepared searched = statements.prepare(connection, "searched", SqliteInserts::searched);
                CachedStatement.Prepared foldedText = statements.prepare(connection, "folded", SqliteInserts::foldedText)) {
            for (StoredRow row : rows) {
                Map<String, @Nullable Object> values = Inserts.notification(row);
                if (notification.execute(values) == 0) {
                    throw new Inserts.DuplicateSortKey();
                }
                for (Map<String, Object> named : Inserts.addressees(row)) {
                    addressee.execute(named);
                }
                searched.execute(values);
                foldedText.execute(values);
            }
        }
    }

    private void count(Connection connection, CounterDeltas deltas) throws SQLException {
        try (CachedStatement.Prepared delta = statements.prepare(connection, "delta", SqliteInserts::delta)) {
            for (Map<String, Object> row : deltas.rows()) {
                delta.execute(row);
            }
        }
    }

    private static <T> Param<T> column(Field<T> column) {
        return param(column.getName(), column.getType());
    }

    private static Query notification() {
        return insertInto(NOTIFICATION)
                .set(NOTIFICATION.POS, POSITION)
                .set(NOTIFICATION.ID, column(NOTIFICATION.ID))
                .set(NOTIFICATION.AUDIENCE, column(NOTIFICATION.AUDIENCE))
                .set(NOTIFICATION.ORIGIN, column(NOTIFICATION.ORIGIN))
                .set(NOTIFICATION.TITLE, column(NOTIFICATION.TITLE))
                .set(NOTIFICATION.MESSAGE, column(NOTIFICATION.MESSAGE))
                .set(NOTIFICATION.TOPIC, column(NOTIFICATION.TOPIC))
                .set(NOTIFICATION.ACTIONS, column(NOTIFICATION.ACTIONS))
                .set(NOTIFICATION.FOLDED, FOLDED)
                .onConflict(NOTIFICATION.POS)
                .doNothing();
    }

    private static Query addressee() {
        return insertInto(ADDRESSEE)
                .set(ADDRESSEE.USER_REF, column(ADDRESSEE.USER_REF))
                .set(ADDRESSEE.POS, POSITION)
                .set(ADDRESSEE.READ, column(ADDRESSEE.READ));
    }

    private static Query delta() {
        return insertInto(TALLY_DELTA)
                .set(TALLY_DELTA.OWNER, column(TALLY_DELTA.OWNER))
                .set(TALLY_DELTA.AUDIENCE, column(TALLY_DELTA.AUDIENCE))
                .set(TALLY_DELTA.TOTAL, column(TALLY_DELTA.TOTAL))
                .set(TALLY_DELTA.READ, column(TALLY_DELTA.READ));
    }

    private static Query searched() {
        return insertInto(SEARCHED, SEARCHED.POS).values(POSITION);
    }

    /** Its row has the number of the row of {@code searched} that was inserted just before. */
    private static Query foldedText() {
        return query(
                "insert into folded_text (rowid, folded) values (last_insert_rowid(), {0} || {1})",
                FOLDED, inline(String.valueOf(END).repeat(Trigram.LENGTH - 1)));
    }

    /** The text of a trigram in the index. */
    static String indexed(Trigram trigram) {
        String text = trigram.text();
        return text + String.valueOf(END).repeat(Trigram.LENGTH - text.codePointCount(0, text.length()));
    }
}
