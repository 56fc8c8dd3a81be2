package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.contract.ArchiveContract;
import dev.belfry.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;

class SqliteArchiveTest extends ArchiveContract {

    private final TestDatabase database =
            TestDatabase.migrated(Dialect.SQLITE, JooqNotificationStore.class, JooqNotificationStore.MIGRATIONS);
    private final JooqNotificationStore store = new JooqNotificationStore(database);

    @Override
    protected NotificationStore store() {
        return store;
    }

    @AfterEach
    void close() {
        database.close();
    }
}
