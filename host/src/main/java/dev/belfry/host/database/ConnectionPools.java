package dev.belfry.host.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.belfry.api.database.Dialect;
import javax.sql.DataSource;

/**
 * The connections to one plugin's database.
 *
 * @param migrations what Flyway uses: it wants a second connection on PostgreSQL, which a pool of one could not give
 * @param limit of the statements of all these, to be lifted for migrations: they may take long
 */
record ConnectionPools(
        Dialect dialect,
        HikariDataSource writers,
        HikariDataSource readers,
        DataSource migrations,
        StatementTimeout limit,
        boolean inMemory)
        implements AutoCloseable {

    int inUse() {
        return inUse(writers) + (readers == writers ? 0 : inUse(readers));
    }

    private static int inUse(HikariDataSource pool) {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? 0 : bean.getActiveConnections();
    }

    @Override
    public void close() {
        writers.close();
        readers.close();
    }
}
