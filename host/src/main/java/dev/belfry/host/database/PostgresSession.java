package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Databases, schemas and rights, as one user of PostgreSQL sees them. */
record PostgresSession(Connection connection, DatabaseAddress.Postgres address) {

    private static final String UTF8 = "UTF8";

    /** The server stores the bytes of Belfry's UTF-8 as they are. */
    private static final String UNCHECKED = "SQL_ASCII";

    boolean hasDatabase(String name) throws SQLException {
        return exists("select 1 from pg_database where datname = ?", name);
    }

    boolean hasSchema(String name) throws SQLException {
        return exists("select 1 from pg_namespace where nspname = ?", name);
    }

    void createDatabase(String name) throws SQLException {
        requireDatabaseCreator(name);
        // template0 and UTF8: text must sort and compare by code point whatever the server's default is.
        execute("create database " + quoted(name) + " template template0 encoding 'UTF8'");
    }

    void createSchema(String name) throws SQLException {
        requireSchemaCreator(name);
        execute("create schema if not exists " + quoted(name));
    }

    void requireDatabaseCreator(String name) throws SQLException {
        if (!exists("select 1 from pg_roles where rolname = current_user and (rolcreatedb or rolsuper)")) {
            throw new UnusableDatabase("the database '" + name + "' does not exist on " + address.server()
                    + ", and the user '" + address.user() + "' may not create databases. Run as an administrator:"
                    + " create database " + quoted(name) + " owner " + quoted(address.user())
                    + " template template0 encoding 'UTF8'");
        }
    }

    void requireSchemaCreator(String name) throws SQLException {
        if (!exists("select 1 where has_database_privilege(current_database(), 'create')")) {
            throw new UnusableDatabase("the user '" + address.user() + "' may not create the schema '" + name
                    + "' in the database '" + address.database() + "'. Run there as an administrator: "
                    + ownedSchema(name) + "; or: grant create on database " + quoted(address.database()) + " to "
                    + quoted(address.user()));
        }
    }

    void requireTableCreator(String schema) throws SQLException {
        if (!exists(
                "select 1 from pg_namespace where nspname = ? and has_schema_privilege(oid, 'create')"
                        + " and has_schema_privilege(oid, 'usage')",
                schema)) {
            throw new UnusableDatabase("the user '" + address.user() + "' may not create tables in the schema '"
                    + schema + "' of the database '" + address.database() + "'. Run there as an administrator:"
                    + " grant usage, create on schema " + quoted(schema) + " to " + quoted(address.user()));
        }
    }

    /**
     * Text in another encoding could not be stored.
     *
     * @return the encoding, if it is one in which the server does not know the characters
     */
    Optional<String> requireUtf8() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_encoding")) {
            row.next();
            String encoding = row.getString(1);
            if (!encoding.equals(UTF8) && !encoding.equals(UNCHECKED)) {
                throw new UnusableDatabase("the database '" + address.database() + "' on " + address.server()
                        + " has the encoding " + encoding + ", which lacks most characters, and Belfry needs UTF8. The"
                        + " encoding of a database cannot change: create another one (create database ... template"
                        + " template0 encoding 'UTF8'), and move the data or name it in backend.database");
            }
            return encoding.equals(UTF8) ? Optional.empty() : Optional.of(encoding);
        }
    }

    UnusableDatabase missingSchema(String name) throws SQLException {
        return new UnusableDatabase("the schema '" + name + "' does not exist in the database '" + address.database()
                + "', and ensureExists is false. Run there: " + ownedSchema(name));
    }

    private String ownedSchema(String name) throws SQLException {
        return "create schema " + quoted(name) + " authorization " + quoted(address.user());
    }

    private boolean exists(String query, String... names) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < names.length; i++) {
                statement.setString(i + 1, names[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String quoted(String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }
}
