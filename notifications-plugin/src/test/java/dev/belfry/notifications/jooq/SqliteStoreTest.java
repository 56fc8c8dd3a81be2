package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Dialect;

class SqliteStoreTest extends StoreOnDatabase {

    SqliteStoreTest() {
        super(Dialect.SQLITE);
    }
}
