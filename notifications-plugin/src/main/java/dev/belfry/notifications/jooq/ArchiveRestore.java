package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.inline;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.change.ReadChanges;
import dev.belfry.notifications.jooq.counts.CounterDeltas;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.RestoreOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Stores notifications that have ids already, and their read marks, in one transaction. */
final class ArchiveRestore {

    /** Rows per statement. */
    private static final int MAX_ROWS = 1000;

    private final SqlDialect sql;

    ArchiveRestore(SqlDialect sql) {
        this.sql = sql;
    }

    /** Notifications at distinct positions, as far as possible: the first ones of the list. */
    static List<ArchivedNotification> distinct(List<ArchivedNotification> notifications) {
        Set<Long> positions = new HashSet<>();
        for (int i = 0; i < notifications.size(); i++) {
            if (!positions.add(SortKeys.of(notifications.get(i).id()))) {
                return notifications.subList(0, i);
            }
        }
        return notifications;
    }

    /**
     * @param notifications at distinct positions
     * @param rows of the notifications, in the same order
     * @throws dev.belfry.notifications.jooq.insert.DuplicateSortKey when a position has come into use meanwhile
     */
    List<RestoreOutcome> restore(
            DSLContext transaction, List<ArchivedNotification> notifications, List<StoredRow> rows) {
        Map<Long, String> stored =
                stored(transaction, rows.stream().map(StoredRow::position).toList());
        sql.inserts()
                .insert(
                        transaction,
                        rows.stream()
                                .filter(row -> !stored.containsKey(row.position()))
                                .toList());
        RestoredMarks marks = new RestoredMarks();
        List<RestoreOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            StoredRow row = rows.get(i);
            ArchivedNotification notification = notifications.get(i);
            RestoreOutcome outcome = outcome(transaction, stored.get(row.position()), row, notification);
            outcomes.add(outcome);
            if (outcome != RestoreOutcome.CONFLICT) {
                marks.add(transaction, row, notification.readers(), outcome == RestoreOutcome.PRESENT);
            }
        }
        marks.write(transaction);
        return outcomes;
    }

    private static RestoreOutcome outcome(
            DSLContext transaction, @Nullable String storedId, StoredRow row, ArchivedNotification notification) {
        if (storedId == null) {
            return RestoreOutcome.STORED;
        }
        return ArchiveQueries.at(transaction, row.position())
                        .filter(notification.addressed()::equals)
                        .isPresent()
                ? RestoreOutcome.PRESENT
                : RestoreOutcome.CONFLICT;
    }

    RestoreOutcome restoreReaders(DSLContext transaction, NotificationId id, List<EntityRef> readers) {
        long position = SortKeys.of(id);
        if (!id.toString().equals(stored(transaction, List.of(position)).get(position))) {
            return RestoreOutcome.MISSING;
        }
        return ArchiveQueries.at(transaction, position)
                .map(addressed -> {
                    if (!readers.stream().allMatch(addressed.addressees()::canInclude)) {
                        return RestoreOutcome.NOT_ADDRESSED;
                    }
                    long audience = transaction
                            .select(NOTIFICATION.AUDIENCE)
                            .from(NOTIFICATION)
                            .where(NOTIFICATION.POS.eq(position))
                            .fetchSingle(NOTIFICATION.AUDIENCE);
                    RestoredMarks marks = new RestoredMarks();
                    marks.add(
                            transaction,
                            new StoredRow(
                                    position,
                                    audience,
                                    addressed.notification(),
                                    addressed.addressees().users(),
                                    Set.of(),
                                    ""),
                            readers,
                            true);
                    marks.write(transaction);
                    return RestoreOutcome.PRESENT;
                })
                .orElse(RestoreOutcome.NOT_ADDRESSED);
    }

    /** The ids at the positions. They cannot be purged before the end of the transaction. */
    private Map<Long, String> stored(DSLContext transaction, List<Long> positions) {
        return sql.transactions()
                .forKeyShare(transaction
                        .select(NOTIFICATION.POS, NOTIFICATION.ID)
                        .from(NOTIFICATION)
                        .where(NOTIFICATION.POS.in(sql.lists().listed(positions)))
                        .orderBy(NOTIFICATION.POS))
                .fetchMap(NOTIFICATION.POS, NOTIFICATION.ID);
    }

    /** The read marks of one transaction. Counts what the statements have changed, because others can mark at the same time. */
    private static final class RestoredMarks {

        private record Mark(String user, long audience, long position, String id) {}

        private final CounterDeltas deltas = new CounterDeltas();
        private final List<Mark> throughAudiences = new ArrayList<>();
        /** Changed marks of notifications that were stored before. Streams may have sent these as unread. */
        private final Map<String, List<String>> changed = new TreeMap<>();

        private final Set<Long> present = new HashSet<>();

        void add(DSLContext transaction, StoredRow row, List<EntityRef> readers, boolean isPresent) {
            if (isPresent) {
                present.add(row.position());
                List<String> named = readers.stream()
                        .filter(row.users()::contains)
                        .map(EntityRef::qualifiedName)
                        .toList();
                for (int from = 0; from < named.size(); from += MAX_ROWS) {
                    markNamed(transaction, row, named.subList(from, Math.min(from + MAX_ROWS, named.size())));
                }
            }
            readers.stream()
                    .filter(reader -> !row.users().contains(reader))
                    .forEach(reader -> throughAudiences.add(new Mark(
                            reader.qualifiedName(),
                            row.audience(),
                            row.position(),
                            row.notification().id().toString())));
        }

        private void markNamed(DSLContext transaction, StoredRow row, List<String> users) {
            BatchBindStep batch = transaction.batch(transaction
                    .update(ADDRESSEE)
                    .set(ADDRESSEE.READ, inline(1))
                    .where(ADDRESSEE.USER_REF.eq(""))
                    .and(ADDRESSEE.POS.eq(0L))
                    .and(ADDRESSEE.READ.eq(inline(0))));
            for (String user : users) {
                batch = batch.bind(user, row.position());
            }
            int[] marked = batch.execute();
            for (int i = 0; i < marked.length; i++) {
                String user = users.get(i);
                deltas.read(user, AudienceSet.NOBODY, marked[i]);
                if (marked[i] > 0) {
                    changed(user, row.notification().id().toString());
                }
            }
        }

        void write(DSLContext transaction) {
            for (int from = 0; from < throughAudiences.size(); from += MAX_ROWS) {
                insert(transaction, throughAudiences.subList(from, Math.min(from + MAX_ROWS, throughAudiences.size())));
            }
            deltas.write(transaction);
            changed.forEach((user, ids) -> ReadChanges.add(transaction, user, ids, true));
        }

        private void insert(DSLContext transaction, List<Mark> marks) {
            BatchBindStep batch = transaction.batch(transaction
                    .insertInto(READ_MARK, READ_MARK.USER_REF, READ_MARK.AUDIENCE, READ_MARK.POS)
                    .values("", 0L, 0L)
                    .onConflictDoNothing());
            for (Mark mark : marks) {
                batch = batch.bind(mark.user(), mark.audience(), mark.position());
            }
            int[] added = batch.execute();
            for (int i = 0; i < added.length; i++) {
                Mark mark = marks.get(i);
                deltas.read(mark.user(), mark.audience(), added[i]);
                if (added[i] > 0 && present.contains(mark.position())) {
                    changed(mark.user(), mark.id());
                }
            }
        }

        private void changed(String user, String id) {
            changed.computeIfAbsent(user, _ -> new ArrayList<>()).add(id);
        }
    }
}
