package dev.belfry.notifications.jooq.change;

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
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Changes on PostgreSQL. Each has the number of its transaction. The changes since a snapshot are the changes that the statement sees
 * and the snapshot did not see.
 */
public final class PostgresChanges implements ChangeSql {

    private static final int MAX_DELETED = 5000;

    private static final String PRESENT =
            "select id as source, erased::text as erased, pg_current_snapshot()::text as present from change_source";

    /** Two branches of each table, because one condition with "or" would read the index from its begin. */
    private static final String SINCE = """
            with s as (%1$s)
            select s.*, c.* from s left join (
                select n.change::text as change, 0 as ordinal, null as user_ref, null as ids, 0 as read, n.id, n.audience, %2$s,
                    array_to_string(array(select a.user_ref from addressee a where a.pos = n.pos), ' ') as users,
                    (select g.groups from audience g where g.number = n.audience) as groups
                from (
                    (select * from notification where change >= pg_snapshot_xmax(?::pg_snapshot) order by change limit %3$d)
                    union all
                    (select * from notification where change = any(array(select pg_snapshot_xip(?::pg_snapshot)))
                        order by change limit %3$d)
                ) n
                union all
                select r.change::text, r.made, r.user_ref, r.ids, r.read, null, 0, null, null, null, 0, true, null, null, null, null
                from (
                    (select * from inbox_change where change >= pg_snapshot_xmax(?::pg_snapshot) order by change limit %3$d)
                    union all
                    (select * from inbox_change where change = any(array(select pg_snapshot_xip(?::pg_snapshot)))
                        order by change limit %3$d)
                ) r
            ) c on true""".formatted(PRESENT, ChangeRows.CONTENT, ChangeRows.LIMIT);

    /** The installation and its timeline, which changes when a backup takes over. */
    private static final String CLUSTER = """
            select system.system_identifier || '.' || checkpoint.timeline_id as cluster
            from pg_control_system() system, pg_control_checkpoint() checkpoint""";

    private static final String MAY_READ_CLUSTER = """
            select has_function_privilege('pg_control_system()', 'execute')
                and has_function_privilege('pg_control_checkpoint()', 'execute')""";

    private final DSLContext reads;
    private final Transactions transactions;

    public PostgresChanges(DSLContext reads, Transactions transactions) {
        this.reads = reads;
        this.transactions = transactions;
    }

    /** The rows of a restored dump have numbers of transactions that this database has not begun, and would reappear as new. */
    @Override
    public void adopt() {
        if (!Boolean.TRUE.equals(reads.fetchSingle(MAY_READ_CLUSTER).get(0, Boolean.class))) {
            return;
        }
        String cluster = reads.fetchSingle(CLUSTER).get(0, String.class);
        transactions.write(transaction -> {
            Record source = transaction.fetchSingle("select cluster from change_source for update");
            String known = source.get(0, String.class);
            if (cluster.equals(known)) {
                return false;
            }
            if (!known.isEmpty()) {
                transaction.execute("update notification set change = pg_current_xact_id()"
                        + " where change >= pg_snapshot_xmax(pg_current_snapshot())");
                transaction.execute("delete from inbox_change");
                transaction.execute("update change_source set id = left(md5(gen_random_uuid()::text), 8)");
            }
            transaction.execute("update change_source set cluster = ?", cluster);
            return true;
        });
    }

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

    private static Snapshot present(ResultSet row) throws SQLException {
        return Snapshot.of(row.getString("source"), row.getString("present"));
    }

    @Override
    public Optional<ChangeCursor> parse(String text) {
        return Snapshot.parse(text).map(snapshot -> snapshot);
    }

    @Override
    public ChangeBatch since(ChangeCursor cursor, boolean resumed) {
        Snapshot from = (Snapshot) cursor;
        return reads.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SINCE)) {
                for (int i = 1; i <= 4; i++) {
                    statement.setString(i, from.snapshot());
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return batch(from, resumed, rows);
                }
            }
        });
    }

    private static ChangeBatch batch(Snapshot from, boolean resumed, ResultSet rows) throws SQLException {
        List<InboxChange> changes = new ArrayList<>();
        LimitedBranches branches = new LimitedBranches();
        Snapshot present = from;
        while (rows.next()) {
            present = present(rows);
            if (!present.source().equals(from.source())
                    || from.xmax() > present.xmax()
                    || (resumed && from.xmin() <= Long.parseLong(rows.getString("erased")))) {
                return ChangeBatch.unknown(present);
            }
            if (rows.getString("change") != null) {
                InboxChange change = ChangeRows.read(rows);
                if (change != null) {
                    changes.add(change);
                    branches.add(change, change.change() >= from.xmax());
                }
            }
        }
        if (!branches.isCut()) {
            return new ChangeBatch(present, true, changes, false);
        }
        long end = branches.end();
        Snapshot until = present.before(end);
        List<InboxChange> complete =
                changes.stream().filter(change -> change.change() < end).toList();
        return complete.isEmpty() ? ChangeBatch.unknown(present) : new ChangeBatch(until, true, complete, true);
    }

    @Override
    public void deleteOld() {
        while (transactions
                .withAdvisoryLock("changes", PostgresChanges::deleteSome)
                .orElse(false)) {
            Thread.yield();
        }
    }

    /** @return true if there may be more */
    private static boolean deleteSome(DSLContext transaction) {
        Record deleted = transaction.fetchSingle(
                """
                with oldest as (select change, made from inbox_change order by change limit {0}),
                    kept as (select change from oldest where made >= extract(epoch from clock_timestamp()) * 1000000 - {1}
                        order by change limit 1),
                    old as (select change from oldest
                        where change < coalesce((select change from kept), '9223372036854775807'::xid8)),
                    gone as (delete from inbox_change
                        where change <= (select change from old order by change desc limit 1) returning change),
                    erased as (update change_source set erased = (select change from old order by change desc limit 1)
                        where exists(select 1 from old) returning erased)
                select count(*) from gone""",
                org.jooq.impl.DSL.inline(MAX_DELETED), org.jooq.impl.DSL.inline(InboxChanges.KEPT.toNanos() / 1000));
        return deleted.get(0, Long.class) >= MAX_DELETED;
    }
}
