package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.inline;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.Inserts.PositionTaken;
import dev.belfry.notifications.storage.Claim;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Excerpt;
import dev.belfry.notifications.storage.Expiry;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Mailing;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Place;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.Tally;
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
    private final Creates creates;
    private final Trigrams trigrams;
    private final Lists lists;
    private final ManyTallies manyTallies;
    private final CombinedTallies combinedTallies;
    private final Marks marks;
    private final Purge purge;

    private final DSLContext reads;
    private final Templates templates;

    /** @param database already migrated with {@link #MIGRATIONS} */
    public JooqNotificationStore(Database database) {
        reads = context(database.dialect(), database.readOnlyDataSource());
        DSLContext writes = context(database.dialect(), database.dataSource());
        templates = new Templates(reads);
        flavour = switch (database.dialect()) {
            case SQLITE -> new Sqlite(reads, writes, templates);
            case POSTGRESQL -> new Postgres(reads, writes, templates);
        };
        creates = new Creates(flavour);
        audiences = new Audiences(flavour);
        Tallies tallies = new Tallies(flavour);
        trigrams = new Trigrams(reads, flavour);
        lists = new Lists(templates, flavour, tallies, new Search(flavour, trigrams), new Contents(reads, flavour));
        marks = new Marks(reads, templates, flavour);
        manyTallies = new ManyTallies(templates, flavour);
        combinedTallies = new CombinedTallies(templates, tallies, manyTallies);
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
    public SaveOutcome save(List<Mailing> mailings, @Nullable Claim claim) {
        try {
            return claim == null ? save(mailings) : Outages.rideOut(() -> saveClaimed(mailings, claim));
        } catch (DataAccessException e) {
            trigrams.doubt();
            throw e;
        }
    }

    private SaveOutcome save(List<Mailing> mailings) {
        List<StoredRow> rows = rows(mailings);
        if (rows.size() == 1) {
            return creates.store(rows.getFirst()) ? new SaveOutcome.Stored() : new SaveOutcome.Taken();
        }
        try {
            return flavour.write(inside -> {
                flavour.insert(inside, rows);
                return new SaveOutcome.Stored();
            });
        } catch (PositionTaken e) {
            return new SaveOutcome.Taken();
        }
    }

    private SaveOutcome saveClaimed(List<Mailing> mailings, Claim claim) {
        List<StoredRow> rows = rows(mailings);
        try {
            return flavour.write(inside -> {
                flavour.beImpatient(inside);
                SaveOutcome earlier = Claims.take(inside, claim);
                if (earlier != null) {
                    return earlier;
                }
                flavour.insert(inside, rows);
                return new SaveOutcome.Stored();
            });
        } catch (PositionTaken e) {
            return new SaveOutcome.Taken();
        } catch (DataAccessException e) {
            if (flavour.isImpatience(e)) {
                return new SaveOutcome.InFlight();
            }
            throw e;
        }
    }

    /** As they are to be stored; all that they refer to is stored already. */
    private List<StoredRow> rows(List<Mailing> mailings) {
        List<StoredRow> rows = mailings.stream()
                .map(mailing -> StoredRow.of(mailing, audiences))
                .toList();
        trigrams.learn(rows);
        return rows;
    }

    @Override
    public void forgetClaims(Instant until) {
        flavour.write(inside -> Claims.forget(inside, until));
    }

    @Override
    public Excerpt page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return Outages.rideOut(() -> lists.page(recipient, filter, order, offset, limit));
    }

    @Override
    public Excerpt following(Recipient recipient, Filter filter, Order order, Place last, int limit) {
        return Outages.rideOut(() -> lists.following(recipient, filter, order, last, limit));
    }

    @Override
    public Stream<Delivery> all(Recipient recipient, Filter filter, Order order, Place last) {
        return PageStream.of(lists, recipient, filter, order, last);
    }

    @Override
    public long count(Recipient recipient, Filter filter) {
        return Outages.rideOut(() -> filter.isPlain()
                ? combinedTallies.tally(recipient, filter.scope()).count(filter.read())
                : lists.count(recipient, filter));
    }

    @Override
    public boolean mark(Recipient recipient, NotificationId id, boolean read) {
        return Outages.rideOut(() -> marks.mark(recipient, id, read));
    }

    @Override
    public Tally tally(Recipient recipient, Scope scope) {
        return Outages.rideOut(() -> combinedTallies.tally(recipient, scope));
    }

    @Override
    public List<Tally> tallies(List<Recipient> recipients, Scope scope) {
        return Outages.rideOut(() -> manyTallies.of(recipients, scope));
    }

    @Override
    public Optional<NotificationId> newest() {
        return Outages.rideOut(() -> reads.select(NOTIFICATION.ID)
                .from(NOTIFICATION)
                .orderBy(NOTIFICATION.POS.desc())
                .limit(inline(1))
                .fetchOptional(NOTIFICATION.ID)
                .map(id -> new NotificationId(UUID.fromString(id))));
    }

    @Override
    public Optional<Delivery> find(Recipient recipient, NotificationId id) {
        return Outages.rideOut(() ->
                marks.reaches(recipient, id) ? lists.at(recipient, Positions.of(id)) : Optional.<Delivery>empty());
    }

    @Override
    public long markAllRead(Recipient recipient, Scope scope, Instant until) {
        return Outages.rideOut(() -> marks.markAllRead(recipient, scope, until));
    }

    @Override
    public long purge(Expiry expiry) {
        long purged = purge.purge(expiry);
        expiry.oldestKept().ifPresent(trigrams::forget);
        return purged;
    }

    /** Fails when the database cannot be read. */
    public void checkHealth() {
        reads.selectOne().fetch();
    }

    /** Keeps counting cheap: to be called about once a second, on every host. */
    public void foldTallies() {
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
