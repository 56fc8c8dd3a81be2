package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.contract.NotificationStoreContract;
import dev.belfry.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;

/** The contract of the store, on a real database. */
abstract class StoreOnDatabase extends NotificationStoreContract {

    private final TestDatabase database;
    private final JooqNotificationStore store;

    StoreOnDatabase(Dialect dialect) {
        database = TestDatabase.migrated(dialect, JooqNotificationStore.class, JooqNotificationStore.MIGRATIONS);
        store = new JooqNotificationStore(database);
    }

    @Override
    public NotificationStore store() {
        return store;
    }

    @Override
    public void upkeep() {
        store.compactCounters();
        store.prepareSearch();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
