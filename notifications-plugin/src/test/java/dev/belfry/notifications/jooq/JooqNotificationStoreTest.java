package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.contract.NotificationStoreContract;
import dev.belfry.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class JooqNotificationStoreTest {

    /** The tests that run on each database. */
    abstract static class OnDatabase extends NotificationStoreContract {

        private final TestDatabase database;
        private final JooqNotificationStore store;

        OnDatabase(Dialect dialect) {
            database = TestDatabase.of(dialect, JooqNotificationStore.class);
            database.migrate(JooqNotificationStore.MIGRATIONS);
            store = new JooqNotificationStore(database);
        }

        @Override
        protected NotificationStore store() {
            return store;
        }

        @Override
        protected void upkeep() {
            store.compactCounters();
            store.prepareSearch();
        }

        @AfterEach
        void close() {
            database.close();
        }
    }

    @Nested
    class OnSqlite extends OnDatabase {
        OnSqlite() {
            super(Dialect.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends OnDatabase {
        OnPostgres() {
            super(Dialect.POSTGRESQL);
        }
    }
}
