package dev.belfry.api.database;

import java.util.Optional;
import javax.sql.DataSource;

/**
 * Port to the plugin's own database (or schema).
 *
 * <p>If the database is unavailable, JDBC throws a {@link java.sql.SQLException} that {@link #unavailability} recognizes. If a
 * handler does not catch it, the response is a 503 with Retry-After. The same applies to a statement that exceeds
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
     * @throws DatabaseUnavailable if the database is unavailable
     */
    void migrate(String folder);

    /**
     * Recognizes a failure that the unavailable database has caused, by the exceptions and codes of the driver and the pool.
     *
     * @param failure of a statement or a connection; its causes are searched as well
     * @return an exception to throw: {@code failure} itself if it is one, else with {@code failure} as its cause. Empty if there
     *     is another reason, such as an invalid statement
     * @since 0.2
     */
    Optional<DatabaseUnavailable> unavailability(Throwable failure);

    /**
     * Whether settings, advisory locks and temporary tables of a session stay with a connection. False behind PgBouncer with {@code
     * pool_mode = transaction}, where they would reach other clients of the pooler: use {@code set local} and {@code
     * pg_advisory_xact_lock} in a transaction.
     *
     * @since 0.2
     */
    default boolean keepsSessions() {
        return true;
    }

    /**
     * Signals to the plugin on other hosts with the same database.
     *
     * @since 0.2
     */
    Signals signals();
}
