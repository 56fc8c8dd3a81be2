package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.inline;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.Inserts.DuplicateSortKey;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.InboxCounts;
import java.time.Instant;
import java.util.List;
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

/** Keeps notifications in the plugin's own database. docs/decisions/0002 says why its tables are what they are. */
public final class JooqNotificationStore implements NotificationStore {

    /** Where the tables are described, within the plugin's JAR. */
    public static final String MIGRATIONS = "db/migration";

    private final Flavour flavour;
    private final Audiences audiences;
    private final BatchingInserts creates;
    private final Trigrams trigrams;
    private final InboxQueries lists;
    private final BulkCounts manyTallies;
    private final BatchedCounts combinedTallies;
    private final ReadMarks marks;
    private final Purge purge;

    private final DSLContext reads;
    private final StatementCache statements;

    /** @param database already migrated with {@link #MIGRATIONS} */
    public JooqNotificationStore(Database database) {
        reads = context(database.dialect(), database.readOnlyDataSource());
        DSLContext writes = context(database.dialect(), database.dataSource());
        statements = new StatementCache(reads);
        flavour = switch (database.dialect()) {
            case SQLITE -> new Sqlite(reads, writes, statements);
            case POSTGRESQL -> new Postgres(reads, writes, statements);
        };
        creates = new BatchingInserts(flavour);
        audiences = new Audiences(flavour);
        CounterTable bulkCounts = new CounterTable(flavour);
        trigrams = new Trigrams(reads, flavour);
        lists = new InboxQueries(statements, flavour, bulkCounts, new TextSearch(flavour, trigrams), new Contents(reads, flavour));
        marks = new ReadMarks(reads, statements, flavour);
        manyTallies = new BulkCounts(statements, flavour);
        combinedTallies = new BatchedCounts(statements, bulkCounts, manyTallies);
        purge = new Purge(reads, flavour);
    }

    private static DSLContext context(Dialect dialect, DataSource pool) {
        Settings settings = new Settings().withRenderSchema(false).withExecuteLogging(false);
        return switch (dialect) {
            case SQLITE -> DSL.using(pool, SQLDialect.SQLITE, settings);
            case POSTGRESQL -> DSL.using(new GenericPlans(pool), SQLDialect.POSTGRES, settings);
        };
    }

    /**
     * Not tried again when the database goes away on the way, for it may have been stored; but with a claim, which finds what
     * has been stored.
     */
    @Override
    public SaveOutcome save(List<AddressedNotification> notifications, @Nullable IdempotencyKey key) {
        try {
            return key == null ? save(notifications) : Retry.whileUnavailable(() -> saveClaimed(notifications, key));
        } catch (DataAccessException e) {
            trigrams.doubt();
            throw e;
        }
    }

    private SaveOutcome save(List<AddressedNotification> notifications) {
        List<StoredRow> rows = rows(notifications);
        if (rows.size() == 1) {
            return creates.store(rows.getFirst()) ? new SaveOutcome.Stored() : new SaveOutcome.IdConflict();
        }
        try {
            return flavour.write(inside -> {
                flavour.insert(inside, rows);
                return new SaveOutcome.Stored();
            });
        } catch (DuplicateSortKey e) {
            return new SaveOutcome.IdConflict();
        }
    }

    private SaveOutcome saveClaimed(List<AddressedNotification> notifications, IdempotencyKey key) {
        List<StoredRow> rows = rows(notifications);
        try {
            return flavour.write(inside -> {
                flavour.setLockTimeout(inside);
                SaveOutcome earlier = IdempotencyKeys.take(inside, key);
                if (earlier != null) {
                    return earlier;
                }
                flavour.insert(inside, rows);
                return new SaveOutcome.Stored();
            });
        } catch (DuplicateSortKey e) {
            return new SaveOutcome.IdConflict();
        } catch (DataAccessException e) {
            if (flavour.isLockTimeout(e)) {
                return new SaveOutcome.InFlight();
            }
            throw e;
        }
    }

    /** As they are to be stored; all that they refer to is stored already. */
    private List<StoredRow> rows(List<AddressedNotification> notifications) {
        List<StoredRow> rows = notifications.stream()
                .map(addressed -> StoredRow.of(addressed, audiences))
                .toList();
        trigrams.learn(rows);
        return rows;
    }

    @Override
    public void deleteIdempotencyKeys(Instant until) {
        flavour.write(inside -> IdempotencyKeys.forget(inside, until));
    }

    @Override
    public InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return Retry.whileUnavailable(() -> lists.page(recipient, filter, order, offset, limit));
    }

    @Override
    public InboxPage following(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        return Retry.whileUnavailable(() -> lists.following(recipient, filter, order, last, limit));
    }

    @Override
    public Stream<InboxItem> all(Recipient recipient, Filter filter, Order order, SeekPosition last) {
        return PageStream.of(lists, recipient, filter, order, last);
    }

    @Override
    public long count(Recipient recipient, Filter filter) {
        return Retry.whileUnavailable(() -> filter.isPlain()
                ? combinedTallies.counts(recipient, filter.scope()).count(filter.read())
                : lists.count(recipient, filter));
    }

    @Override
    public boolean mark(Recipient recipient, NotificationId id, boolean read) {
        return Retry.whileUnavailable(() -> marks.mark(recipient, id, read));
    }

    @Override
    public InboxCounts counts(Recipient recipient, Scope scope) {
        return Retry.whileUnavailable(() -> combinedTallies.counts(recipient, scope));
    }

    @Override
    public List<InboxCounts> bulkCounts(List<Recipient> recipients, Scope scope) {
        return Retry.whileUnavailable(() -> manyTallies.of(recipients, scope));
    }

    @Override
    public Optional<NotificationId> newest() {
        return Retry.whileUnavailable(() -> reads.select(NOTIFICATION.ID)
                .from(NOTIFICATION)
                .orderBy(NOTIFICATION.POS.desc())
                .limit(inline(1))
                .fetchOptional(NOTIFICATION.ID)
                .map(id -> new NotificationId(UUID.fromString(id))));
    }

    @Override
    public Optional<InboxItem> find(Recipient recipient, NotificationId id) {
        return Retry.whileUnavailable(() ->
                marks.reaches(recipient, id) ? lists.at(recipient, SortKeys.of(id)) : Optional.<InboxItem>empty());
    }

    @Override
    public long markAllRead(Recipient recipient, Scope scope, Instant until) {
        return Retry.whileUnavailable(() -> marks.markAllRead(recipient, scope, until));
    }

    @Override
    public long purge(RetentionCutoff cutoff) {
        long purged = purge.purge(cutoff);
        cutoff.earliest().ifPresent(trigrams::forget);
        return purged;
    }

    /** Fails when the database cannot be read. */
    public void checkHealth() {
        reads.selectOne().fetch();
    }

    /** Keeps counting cheap: to be called about once a second, on every host. */
    public void compactCounters() {
        flavour.fold();
    }

    /**
     * Makes what searching needs where the database has not all of it yet, as after an update; looks again later where it may
     * not.
     */
    public void prepareSearch() {
        trigrams.catchUp();
        flavour.prepareSearch();
    }
}
