package dev.belfry.host.database;

import org.postgresql.ds.PGSimpleDataSource;

/** The location of a database, for messages. */
sealed interface DatabaseAddress {

    /**
     * A database of PostgreSQL.
     *
     * @param server host and port
     */
    record Postgres(String server, String host, String database, String user) implements DatabaseAddress {
        static Postgres of(PGSimpleDataSource source) {
            String host = source.getServerNames()[0];
            return new Postgres(
                    host + ":" + source.getPortNumbers()[0],
                    host,
                    String.valueOf(source.getDatabaseName()),
                    String.valueOf(source.getUser()));
        }
    }

    /** A file of SQLite, or {@code :memory:}. */
    record Sqlite(String file) implements DatabaseAddress {}
}
