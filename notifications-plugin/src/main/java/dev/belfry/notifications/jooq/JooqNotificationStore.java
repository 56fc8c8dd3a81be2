package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.inline;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.audience.Audiences;
import dev.belfry.notifications.jooq.counts.BatchedCounts;
import dev.belfry.notifications.jooq.counts.BulkCounts;
import dev.belfry.notifications.jooq.counts.CounterQueries;
import dev.belfry.notifications.jooq.insert.BatchingInserts;
import dev.belfry.notifications.jooq.insert.DuplicateSortKey;
import dev.belfry.notifications.jooq.query.InboxQueries;
import dev.belfry.notifications.jooq.query.LongContents;
import dev.belfry.notifications.jooq.query.PageStream;
import dev.belfry.notifications.jooq.query.TextSearch;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.jooq.search.TrigramTable;
import dev.belfry.notifications.jooq.statement.GenericPlans;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.jooq.transaction.Retry;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RestoreOutcome;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.UnreadCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The store in the plugin's own database. docs/decisions/0002 explains its tables. */
public final class JooqNotificationStore implements NotificationStore {

    /** Folder of the migrations in the plugin's JAR. */
    public static final String MIGRATIONS = "db/migration";

    private static final String CHANGES = "changes";

    private final SqlDialect sql;
    private final Audiences audiences;
    private final BatchingInserts inserts;
    private final TrigramTable trigrams;
    private final InboxQueries queries;
    private final BulkCounts bulkCounts;
    private final BatchedCounts batchedCounts;
    private final UnmutedCounts unmutedCounts;
    private final MuteTable mutes;
    private final ReadMarks readMarks;
    private final Purge purge;
    private final ArchiveQueries archive;
    private final ArchiveRestore restore;
    private final DSLContext reads;
    private final Retry retry;
    private final Database database;

    /** @param database already migrated with {@link #MIGRATIONS} */
    public JooqNotificationStore(Database database) {
        reads = context(database.dialect(), database.readOnlyDataSource());
        DSLContext writes = context(database.dialect(), database.dataSource());
        StatementCache statements = new StatementCache(reads);
        sql = switch (database.dialect()) {
            case SQLITE -> SqlDialect.sqlite(reads, writes, statements);
            case POSTGRESQL -> SqlDialect.postgres(reads, writes, statements, database);
        };
        inserts = new BatchingInserts(sql.inserts());
        audiences = new Audiences(sql.transactions());
        CounterQueries counters = new CounterQueries(sql.counters(), sql.lists(), statements);
        trigrams = new TrigramTable(reads, sql.transactions(), sql.lists());
        TextSearch search = new TextSearch(sql.inbox(), sql.searchIndex(), trigrams);
        LongContents contents = new LongContents(reads, sql.lists());
        queries = new InboxQueries(statements, sql.inbox(), sql.lists(), counters, search, contents);
        readMarks = new ReadMarks(reads, statements, sql);
        bulkCounts = new BulkCounts(sql.lists(), statements);
        batchedCounts = new BatchedCounts(counters, bulkCounts);
        mutes = new MuteTable(statements, sql);
        unmutedCounts = new UnmutedCounts(queries, counters, sql.changes(), mutes);
        purge = new Purge(reads, sql);
        archive = new ArchiveQueries(reads);
        restore = new ArchiveRestore(sql);
        retry = new Retry(database);
        this.database = database;
    }

    private static DSLContext context(Dialect dialect, DataSource pool) {
        Settings settings = new Settings().withRenderSchema(false).withExecuteLogging(false);
        return switch (dialect) {
            case SQLITE -> DSL.using(pool, SQLDialect.SQLITE, settings);
            case POSTGRESQL -> DSL.using(new GenericPlans(pool), SQLDialect.POSTGRES, settings);
        };
    }

    /**
     * Without a key this is not retried when the database becomes unavailable, because the notifications may be stored already.
     * With a key a retry finds that out.
     */
    @Override
    public SaveOutcome save(List<AddressedNotification> notifications, @Nullable IdempotencyKey key) {
        try {
            return key == null ? save(notifications) : retry.whileUnavailable(() -> saveWithKey(notifications, key));
        } catch (DataAccessException | DatabaseUnavailable e) {
            trigrams.clearCache();
            throw e;
        }
    }

    private SaveOutcome save(List<AddressedNotification> notifications) {
        List<StoredRow> rows = rows(notifications);
        if (rows.size() == 1) {
            return inserts.insert(rows.getFirst()) ? new SaveOutcome.Stored() : new SaveOutcome.IdConflict();
        }
        try {
            return sql.transactions().write(transaction -> {
                sql.inserts().insert(transaction, rows);
                return new SaveOutcome.Stored();
            });
        } catch (DuplicateSortKey e) {
            return new SaveOutcome.IdConflict();
        }
    }

    private SaveOutcome saveWithKey(List<AddressedNotification> notifications, IdempotencyKey key) {
        List<StoredRow> rows = rows(notifications);
        try {
            return sql.transactions().write(transaction -> {
                sql.transactions().setLockTimeout(transaction);
                SaveOutcome earlier = IdempotencyKeys.insert(transaction, key);
                if (earlier != null) {
                    return earlier;
                }
                sql.inserts().insert(transaction, rows);
                return new SaveOutcome.Stored();
            });
        } catch (DuplicateSortKey e) {
            return new SaveOutcome.IdConflict();
        } catch (DataAccessException e) {
            if (sql.transactions().isLockTimeout(e)) {
                return new SaveOutcome.InFlight();
            }
            throw e;
        }
    }

    /** The rows to insert. Stores their audiences and trigrams. */
    private List<StoredRow> rows(List<AddressedNotification> notifications) {
        List<StoredRow> rows = notifications.stream()
                .map(addressed -> StoredRow.of(addressed, audiences))
                .toList();
        trigrams.add(rows);
        return rows;
    }

    @Override
    public void deleteIdempotencyKeys(Instant until) {
        sql.transactions().write(transaction -> IdempotencyKeys.deleteUntil(transaction, until));
    }

    @Override
    public InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return retry.whileUnavailable(() -> queries.page(recipient, filter, order, offset, limit));
    }

    @Override
    public InboxPage following(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        return retry.whileUnavailable(() -> queries.following(recipient, filter, order, last, limit));
    }

    @Override
    public Stream<InboxItem> all(Recipient recipient, Filter filter, Order order, SeekPosition last) {
        return PageStream.of(queries, retry, recipient, filter, order, last);
    }

    @Override
    public long count(Recipient recipient, Filter filter) {
        return retry.whileUnavailable(() -> {
            if (filter.isPlain()) {
                return batchedCounts.counts(recipient, filter.scope()).count(filter.read());
            }
            return filter.isUnmutedUnread()
                    ? unmutedCounts.unread(recipient, filter.scope(), batchedCounts.counts(recipient, filter.scope()))
                    : queries.count(recipient, filter);
        });
    }

    @Override
    public long count(Recipient recipient, Filter filter, InboxCounts known) {
        return filter.isUnmutedUnread()
                ? retry.whileUnavailable(() -> unmutedCounts.unread(recipient, filter.scope(), known))
                : count(recipient, filter);
    }

    @Override
    public boolean mark(Recipient recipient, NotificationId id, boolean read) {
        return retry.whileUnavailable(() -> readMarks.mark(recipient, id, read));
    }

    @Override
    public InboxCounts counts(Recipient recipient, Scope scope) {
        return retry.whileUnavailable(() -> batchedCounts.counts(recipient, scope));
    }

    @Override
    public List<InboxCounts> bulkCounts(List<Recipient> recipients, Scope scope) {
        return retry.whileUnavailable(() -> bulkCounts.of(recipients, scope));
    }

    @Override
    public Optional<NotificationId> newest() {
        return retry.whileUnavailable(() -> reads.select(NOTIFICATION.ID)
                .from(NOTIFICATION)
                .orderBy(NOTIFICATION.POS.desc())
                .limit(inline(1))
                .fetchOptional(NOTIFICATION.ID)
                .map(id -> new NotificationId(UUID.fromString(id))));
    }

    @Override
    public Optional<InboxItem> find(Recipient recipient, NotificationId id) {
        return retry.whileUnavailable(() -> readMarks.reaches(recipient, id)
                ? queries.at(recipient, SortKeys.of(id))
                : Optional.<InboxItem>empty());
    }

    @Override
    public long markAllRead(Recipient recipient, Scope scope, Instant until) {
        return retry.whileUnavailable(() -> readMarks.markAllRead(recipient, scope, until));
    }

    @Override
    public List<UnreadCounts> bulkUnread(List<Recipient> recipients) {
        return retry.whileUnavailable(() -> unmutedCounts.unread(recipients, bulkCounts.byScope(recipients)));
    }

    @Override
    public Map<EntityRef, MuteList> muteLists(Collection<EntityRef> users) {
        return retry.whileUnavailable(() -> mutes.read(users));
    }

    @Override
    public void replaceMuteList(EntityRef user, MuteList list) {
        retry.whileUnavailable(() -> {
            mutes.replace(user, list);
            return true;
        });
    }

    @Override
    public List<ArchivedNotification> archived(@Nullable NotificationId after, int limit) {
        return retry.whileUnavailable(() -> archive.following(after, limit));
    }

    @Override
    public List<EntityRef> readers(NotificationId id, EntityRef after) {
        return retry.whileUnavailable(() -> archive.readers(id, after));
    }

    @Override
    public List<RestoreOutcome> restore(List<ArchivedNotification> notifications) {
        List<RestoreOutcome> outcomes = new ArrayList<>();
        while (outcomes.size() < notifications.size()) {
            List<ArchivedNotification> next =
                    ArchiveRestore.distinct(notifications.subList(outcomes.size(), notifications.size()));
            outcomes.addAll(retry.whileUnavailable(() -> restoreDistinct(next)));
        }
        return outcomes;
    }

    private List<RestoreOutcome> restoreDistinct(List<ArchivedNotification> notifications) {
        List<StoredRow> rows = notifications.stream()
                .map(notification -> StoredRow.of(notification.addressed(), notification.readers(), audiences))
                .toList();
        try {
            trigrams.add(rows);
            while (true) {
                try {
                    return sql.transactions().write(transaction -> restore.restore(transaction, notifications, rows));
                } catch (DuplicateSortKey e) {
                    // Another request has stored it since the transaction looked: the next one finds it.
                    Thread.yield();
                }
            }
        } catch (DataAccessException | DatabaseUnavailable e) {
            trigrams.clearCache();
            throw e;
        }
    }

    @Override
    public RestoreOutcome restoreReaders(NotificationId id, List<EntityRef> readers) {
        return SortKeys.exists(id)
                ? retry.whileUnavailable(
                        () -> sql.transactions().write(transaction -> restore.restoreReaders(transaction, id, readers)))
                : RestoreOutcome.MISSING;
    }

    @Override
    public ChangeCursor present() {
        return retry.whileUnavailable(sql.changes()::present);
    }

    @Override
    public Optional<ChangeCursor> parse(String text) {
        return sql.changes().parse(text);
    }

    @Override
    public ChangeBatch since(ChangeCursor cursor, boolean resumed) {
        return retry.whileUnavailable(() -> sql.changes().since(cursor, resumed));
    }

    @Override
    public void announce() {
        database.signals().send(CHANGES);
    }

    @Override
    public void onAnnouncement(Runnable listener) {
        database.signals().listen(CHANGES, listener);
    }

    @Override
    public void deleteOldChanges() {
        sql.changes().deleteOld();
    }

    /** Gives the database a new identity if it is a copy of another one. Call it once before the store is used. */
    public void adopt() {
        retry.whileUnavailable(() -> {
            sql.changes().adopt();
            return true;
        });
    }

    @Override
    public long purge(RetentionCutoff cutoff) {
        long purged = purge.purge(cutoff);
        cutoff.earliest().ifPresent(trigrams::purge);
        return purged;
    }

    /** Adds the counter deltas to the counters. Call it about once a second on every host; counts stay fast that way. */
    public void compactCounters() {
        sql.counters().compact();
    }

    /**
     * Creates the search index and adds missing trigrams, as after an upgrade. Call it again later, because it may fail until an
     * administrator acts.
     */
    public void prepareSearch() {
        trigrams.catchUp();
        sql.searchIndex().prepare();
    }
}
