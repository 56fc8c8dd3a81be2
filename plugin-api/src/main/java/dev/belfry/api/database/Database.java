package dev.belfry.api.database;

import javax.sql.DataSource;

/**
 * Port: where do this plugin's tables live? Each plugin has a database (or a schema) of its own.
 *
 * <p>A database that cannot be reached shows as {@link java.sql.SQLTransientConnectionException} or an exception of SQL
 * state class 08; left alone, it becomes the request's 503 with Retry-After. So does a statement that the operator's
 * {@code belfry.database.statementTimeout} cuts off; migrations may take long.
 *
 * @since 0.1
 */
public interface Database {

    /** Connections that may write. On SQLite there is one at a time, and callers queue for it. */
    DataSource dataSource();

    /** Connections for reading, many at a time. On PostgreSQL the same pool as {@link #dataSource()}. */
    DataSource readOnlyDataSource();

    /** The dialect that both speak. */
    Dialect dialect();

    /**
     * Brings the tables up to date with Flyway's versioned scripts ({@code V1__name.sql}) in folders of the plugin's own
     * JAR: {@code <folder>/common} and {@code <folder>/sqlite} or {@code <folder>/postgresql}, whichever of them exist.
     *
     * <p>Waits for a database that is away. During a replacement the running version still uses the same tables, so a
     * script must leave it working: add first, remove a release later.
     *
     * @param folder path within the JAR, such as {@code db/migration}
     * @throws MigrationFailed when a script fails, has been changed since it ran, or the folder is missing
     */
    void migrate(String folder);
}
