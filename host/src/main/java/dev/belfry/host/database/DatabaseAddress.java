package dev.belfry.host.database;

import org.jspecify.annotations.Nullable;

/** The location of a database, for messages. */
sealed interface DatabaseAddress {

    /**
     * A database of PostgreSQL.
     *
     * @param server host and port
     * @param schema null until it is known
     * @param certified whether a client certificate is configured
     */
    record Postgres(
            String server,
            String host,
            String database,
            String user,
            @Nullable String schema,
            boolean certified) implements DatabaseAddress {
        static Postgres of(PostgresSource source) {
            String host = source.getServerNames()[0];
            return new Postgres(
                    host + ":" + source.getPortNumbers()[0],
                    host,
                    String.valueOf(source.getDatabaseName()),
                    String.valueOf(source.getUser()),
                    source.schema(),
                    DriverSockets.hasCertificate(source));
        }
    }

    /**
     * A file of SQLite, or {@code :memory:}.
     *
     * @param elsewhere what to write to use another file
     */
    record Sqlite(String file, String elsewhere) implements DatabaseAddress {}
}
