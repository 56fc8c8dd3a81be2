package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Dialect;

class PostgresStoreTest extends StoreOnDatabase {

    PostgresStoreTest() {
        super(Dialect.POSTGRESQL);
    }
}
