package dev.belfry.notifications.jooq.change;

import static dev.belfry.notifications.jooq.schema.Tables.CHANGE_SOURCE;
import static dev.belfry.notifications.jooq.schema.Tables.INBOX_CHANGE;

import dev.belfry.notifications.jooq.transaction.Transactions;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.InboxChanges;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/** Changes on SQLite. It has one writer at a time, so changes are numbered in the order of their commits. */
public final class SqliteChanges implements ChangeSql {

    /** Rows per transaction, so that others can write in between. */
    private static final int MAX_DELETED = 5000;

    /** The number of the last change, also if it is deleted. */
    private static final String PRESENT = """
            select id as source, erased,
                coalesce((select seq from sqlite_sequence where name = 'inbox_change'), 0) as present
            from change_source""";

    private static final String SINCE = """
            select s.*, c.change, c.change as ordinal, c.user_ref, c.ids, c.read, n.id, n.audience, %s,
                (select group_concat(user_ref, ' ') from addressee where pos = n.pos) as users,
                (select groups from audience where number = n.audience) as groups
            from (%s) s
            left join (select * from inbox_change where change > ? order by change limit %d) c on true
            left join notification n on n.pos = c.pos""".formatted(ChangeRows.CONTENT, PRESENT, ChangeRows.LIMIT);

    private final DSLContext reads;
    private final Transactions transactions;

    public SqliteChanges(DSLContext reads, Transactions transactions) {
        this.reads = reads;
        this.transactions = transactions;
    }

    private record Numbered(String source, long number) implements ChangeCursor {

        private static final Pattern FORM = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

        @Override
        public String text() {
            return source + "-" + number;
        }

        @Override
        public boolean includes(long change) {
            return change <= number;
        }
    }

    @Override
    public void adopt() {}

    @Override
    public ChangeCursor present() {
        return reads.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PRESENT);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return present(row);
            }
        });
    }

    private static Numbered present(ResultSet row) throws SQLException {
        return new Numbered(row.getString("source"), row.getLong("present"));
    }

    @Override
    public Optional<ChangeCursor> parse(String text) {
        Matcher parts = Numbered.FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new Numbered(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public ChangeBatch since(ChangeCursor cursor, boolean resumed) {
        Numbered from = (Numbered) cursor;
        return reads.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SINCE)) {
                statement.setLong(1, from.number());
                try (ResultSet rows = statement.executeQuery()) {
                    return batch(from, rows);
                }
            }
        });
    }

    private static ChangeBatch batch(Numbered from, ResultSet rows) throws SQLException {
        List<InboxChange> changes = new ArrayList<>();
        int read = 0;
        long last = from.number();
        Numbered present = from;
        while (rows.next()) {
            present = present(rows);
            if (!present.source().equals(from.source())
                    || from.number() > present.number()
                    || from.number() < rows.getLong("erased")) {
                return ChangeBatch.unknown(present);
            }
            if (rows.getString("change") != null) {
                read++;
                last = rows.getLong("change");
                InboxChange change = ChangeRows.read(rows);
                if (change != null) {
                    changes.add(change);
                }
            }
        }
        boolean more = read == ChangeRows.LIMIT;
        return new ChangeBatch(more ? new Numbered(present.source(), last) : present, true, changes, more);
    }

    @Override
    public void deleteOld() {
        while (transactions.write(SqliteChanges::deleteSome)) {
            Thread.yield();
        }
    }

    /** @return true if there may be more */
    private static boolean deleteSome(DSLContext transaction) {
        long now = transaction.fetchSingle("select unixepoch()").get(0, Long.class);
        List<Long> old = new ArrayList<>();
        for (var row : transaction
                .select(INBOX_CHANGE.CHANGE, INBOX_CHANGE.MADE)
                .from(INBOX_CHANGE)
                .orderBy(INBOX_CHANGE.CHANGE)
                .limit(MAX_DELETED)) {
            if (row.value2() >= now - InboxChanges.KEPT.toSeconds()) {
                break;
            }
            old.add(row.value1());
        }
        if (!old.isEmpty()) {
            long last = old.getLast();
            transaction.update(CHANGE_SOURCE).set(CHANGE_SOURCE.ERASED, last).execute();
            transaction
                    .deleteFrom(INBOX_CHANGE)
                    .where(INBOX_CHANGE.CHANGE.le(last))
                    .execute();
        }
        return old.size() == MAX_DELETED;
    }
}
