package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Database;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** Keeps notifications in the plugin's own database. docs/decisions/0002 says why its tables are what they are. */
public final class JooqNotificationStore implements NotificationStore {

    /** Where the tables are described, within the plugin's JAR. */
    public static final String MIGRATIONS = "db/migration";

    private final Flavour flavour;
    private final Audiences audiences;
    private final Lists lists;
    private final Tallies tallies;
    private final Marks marks;

    private final DSLContext reads;

    /** @param database already migrated with {@link #MIGRATIONS} */
    public JooqNotificationStore(Database database) {
        Settings settings = new Settings().withRenderSchema(false).withExecuteLogging(false);
        SQLDialect dialect = switch (database.dialect()) {
            case SQLITE -> SQLDialect.SQLITE;
            case POSTGRESQL -> SQLDialect.POSTGRES;
        };
        reads = DSL.using(database.readOnlyDataSource(), dialect, settings);
        DSLContext writes = DSL.using(database.dataSource(), dialect, settings);
        flavour = switch (database.dialect()) {
            case SQLITE -> new Sqlite(reads, writes);
            case POSTGRESQL -> new Postgres(reads, writes);
        };
        audiences = new Audiences(writes);
        lists = new Lists(reads, flavour);
        tallies = new Tallies(flavour);
        marks = new Marks(reads, writes);
    }

    /** Not tried again when the database goes away on the way: it may have been stored. */
    @Override
    public boolean save(Notification notification, Addressees addressees) {
        return flavour.insert(
                Positions.of(notification.id()), audiences.of(addressees), notification, addressees.users());
    }

    @Override
    public List<Delivery> page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return Outages.rideOut(() -> lists.page(recipient, filter, order, offset, limit));
    }

    @Override
    public List<Delivery> following(Recipient recipient, Filter filter, Order order, Notification last, int limit) {
        return Outages.rideOut(() -> lists.following(recipient, filter, order, last, limit));
    }

    @Override
    public long count(Recipient recipient, Filter filter) {
        return Outages.rideOut(() -> filter.text() == null && filter.createdAfter() == null
                ? tallies.count(reads, recipient, filter)
                : lists.count(recipient, filter));
    }

    @Override
    public boolean mark(Recipient recipient, NotificationId id, boolean read) {
        return Outages.rideOut(() -> marks.mark(recipient, id, read));
    }

    /** Fails when the database cannot be read. */
    public void checkHealth() {
        reads.selectOne().fetch();
    }

    /** Keeps counting cheap: to be called about once a second, on every host. */
    public void foldTallies() {
        flavour.fold();
    }
}
