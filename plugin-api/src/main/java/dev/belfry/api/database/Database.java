package dev.belfry.api.database;

import javax.sql.DataSource;

/**
 * Port to the plugin's own database (or schema).
 *
 * <p>If the database is unavailable, JDBC throws {@link java.sql.SQLTransientConnectionException} or an exception of SQL state
 * class 08. If a handler does not catch it, the response is a 503 with Retry-After. The same applies to a statement that exceeds
 * {@code belfry.database.statementTimeout}; migrations have no such limit.
 *
 * @since 0.1
 */
public interface Database {

    /** Connections for reading and writing. SQLite has one, for which callers queue. */
    DataSource dataSource();

    /** Connections for concurrent reading. On PostgreSQL, the same pool as {@link #dataSource()}. */
    DataSource readOnlyDataSource();

    /** The SQL dialect of both data sources. */
    Dialect dialect();

    /**
     * Migrates the schema with Flyway's versioned scripts ({@code V1__name.sql}) in folders of the plugin's own
     * JAR: {@code <folder>/common} and {@code <folder>/sqlite} or {@code <folder>/postgresql}, whichever of them exist.
     *
     * <p>Waits while the database is unavailable. During a replacement, the old version still uses the same tables, so a script
     * must be compatible with it: add columns first, and remove old ones in a later release.
     *
     * @param folder path within the JAR, such as {@code db/migration}
     * @throws MigrationFailed if a script fails, has changed since it ran, or if the folder is missing
     */
    void migrate(String folder);
}
