package dev.belfry.notifications.jooq.insert;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.INBOX_CHANGE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.SEARCHED;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.query;

import dev.belfry.notifications.jooq.counts.CounterDeltas;
import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.jooq.search.SqliteSearchIndex;
import dev.belfry.notifications.jooq.statement.CachedStatement;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.jooq.transaction.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Inserts on SQLite, row by row: preparing a statement is what costs, running it does not. */
public final class SqliteInserts implements InsertSql {

    private static final Param<Long> POSITION = column(NOTIFICATION.POS);
    private static final Param<String> FOLDED = column(NOTIFICATION.FOLDED);

    private final Transactions transactions;
    private final StatementCache statements;

    public SqliteInserts(Transactions transactions, StatementCache statements) {
        this.transactions = transactions;
        this.statements = statements;
    }

    @Override
    public int maxWriters() {
        return 1;
    }

    @Override
    public boolean mayConcernOneRow(DataAccessException failure) {
        return true;
    }

    @Override
    public void insert(List<StoredRow> rows) {
        transactions.write(transaction -> {
            insert(transaction, rows);
            return true;
        });
    }

    @Override
    public void insert(DSLContext transaction, List<StoredRow> rows) {
        transaction.connection(connection -> {
            insert(connection, rows);
            count(connection, InsertValues.deltas(rows));
        });
    }

    private void insert(Connection connection, List<StoredRow> rows) throws SQLException {
        try (CachedStatement.Prepared notification =
                        statements.prepare(connection, "notification", SqliteInserts::notification);
                CachedStatement.Prepared addressee =
                        statements.prepare(connection, "addressee", SqliteInserts::addressee);
                CachedStatement.Prepared change = statements.prepare(connection, "change", SqliteInserts::change);
                CachedStatement.Prepared searched =
                        statements.prepare(connection, "searched", SqliteInserts::searched);
                CachedStatement.Prepared foldedText =
                        statements.prepare(connection, "folded", SqliteInserts::foldedText)) {
            for (StoredRow row : rows) {
                Map<String, @Nullable Object> values = InsertValues.notification(row);
                if (notification.execute(values) == 0) {
                    throw new DuplicateSortKey();
                }
                for (Map<String, Object> named : InsertValues.addressees(row)) {
                    addressee.execute(named);
                }
                change.execute(values);
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
                .set(NOTIFICATION.MARKDOWN, column(NOTIFICATION.MARKDOWN))
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

    private static Query change() {
        return insertInto(INBOX_CHANGE, INBOX_CHANGE.POS).values(POSITION);
    }

    private static Query searched() {
        return insertInto(SEARCHED, SEARCHED.POS).values(POSITION);
    }

    /** Has the rowid of the row of {@code searched} that was inserted just before. */
    private static Query foldedText() {
        return query(
                "insert into folded_text (rowid, folded) values (last_insert_rowid(), {0} || {1})",
                FOLDED, inline(SqliteSearchIndex.endOfText()));
    }
}
