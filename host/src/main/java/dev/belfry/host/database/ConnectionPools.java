package dev.belfry.host.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.belfry.api.database.Dialect;
import javax.sql.DataSource;

/**
 * The connection pools of one plugin's database.
 *
 * @param migrations for Flyway, which needs a second connection on PostgreSQL that a pool of one cannot give
 * @param limit statement timeout of all connections; lifted during migrations
 */
record ConnectionPools(
        Dialect dialect,
        HikariDataSource writers,
        HikariDataSource readers,
        DataSource migrations,
        StatementTimeout limit,
        DatabaseAddress address,
        HostSignals signals,
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
        signals.close();
        writers.close();
        readers.close();
    }
}
