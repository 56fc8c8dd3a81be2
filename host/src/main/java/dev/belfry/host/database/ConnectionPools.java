package dev.belfry.host.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.belfry.api.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
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
        boolean keepsSessions,
        boolean inMemory)
        implements AutoCloseable {

    /**
     * Asks the database.
     *
     * @param tables that must exist; not looked at on SQLite, whose file nobody else changes
     * @throws SQLException if a plugin cannot work with it; the message says why
     */
    void requireUsable(Set<String> tables) throws SQLException {
        try (Connection connection = readers.getConnection()) {
            switch (address) {
                case DatabaseAddress.Sqlite _ -> {
                    if (writers instanceof FilePool file) {
                        file.requireFile();
                    }
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("select 1");
                    }
                }
                case DatabaseAddress.Postgres postgres -> {
                    SchemaAccess access = new SchemaAccess(new PostgresSession(connection, postgres));
                    access.requireWritable();
                    access.require(String.valueOf(postgres.schema()), tables);
                }
            }
        }
    }

    /**
     * Looks at a file before its migrations.
     *
     * @throws UnusableDatabase if tables are there, but the history of their migrations is lost
     * @throws SQLException if another process has locked the file
     */
    void requireHistory(Set<String> created) throws SQLException {
        if (address instanceof DatabaseAddress.Sqlite sqlite && !created.isEmpty()) {
            try (Connection connection = migrations.getConnection()) {
                SqliteTables.requireLock(connection);
                SqliteTables.requireHistory(connection, sqlite, created);
            }
        }
    }

    /**
     * Looks for the tables of migrations that have run.
     *
     * @throws SQLException if one is missing; the message says what to do
     */
    void requireTables(Set<String> tables) throws SQLException {
        if (tables.isEmpty()) {
            return;
        }
        try (Connection connection = migrations.getConnection()) {
            switch (address) {
                case DatabaseAddress.Sqlite sqlite -> SqliteTables.require(connection, sqlite, tables);
                case DatabaseAddress.Postgres postgres ->
                    new SchemaAccess(new PostgresSession(connection, postgres))
                            .require(String.valueOf(postgres.schema()), tables);
            }
        }
    }

    /** The tables of the schema on PostgreSQL; empty on SQLite. */
    Set<String> tables() throws SQLException {
        if (!(address instanceof DatabaseAddress.Postgres postgres)) {
            return Set.of();
        }
        try (Connection connection = migrations.getConnection()) {
            return new SchemaAccess(new PostgresSession(connection, postgres))
                    .tables(String.valueOf(postgres.schema()));
        }
    }

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
