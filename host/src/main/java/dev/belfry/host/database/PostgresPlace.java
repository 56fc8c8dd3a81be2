package dev.belfry.host.database;

import dev.belfry.api.database.Dialect;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database and the schema of one plugin on PostgreSQL: finds them, and creates what is missing. */
final class PostgresPlace {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPlace.class);

    /** A database, a schema, or a row of their catalog exists already. */
    private static final Set<String> DUPLICATE = Set.of("42P04", "42P06", "23505");

    private final Postgres settings;
    private final String pluginId;
    private final PostgresSource source;
    private final PluginResources files;

    /** @param source connects to the server's own database, and to the plugin's as soon as it is known */
    PostgresPlace(Postgres settings, String pluginId, PostgresSource source, PluginResources files) {
        this.settings = settings;
        this.pluginId = pluginId;
        this.source = source;
        this.files = files;
    }

    /** The source connects to the plugin's schema from now on. */
    void prepare() throws SQLException {
        if (hasOwnDatabase()) {
            if (settings.ensureExists()) {
                createDatabase();
            }
            source.setDatabaseName(database());
        }
        try (Connection connection = source.getConnection()) {
            PostgresSession session = session(connection);
            session.requireUtf8().ifPresent(encoding -> LOG.warn("{}: {}", pluginId, unchecked(encoding)));
            PluginSchema schema = find(session);
            if (schema.isNew()) {
                createSchema(session, schema.name());
                schema.foreign().ifPresent(tables -> report(tables, schema.name()));
            }
            source.useSchema(schema.name());
        }
    }

    /** The database that {@link #prepare} would find or create, and whether the migrations would fit. */
    String describe(PluginFiles plugin) throws SQLException {
        if (hasOwnDatabase()) {
            if (settings.ensureExists() && isDatabaseMissing()) {
                return "the database '" + database() + "' does not exist yet, and the host creates it";
            }
            source.setDatabaseName(database());
        }
        try (Connection connection = source.getConnection()) {
            PostgresSession session = session(connection);
            Optional<String> unchecked = session.requireUtf8();
            PluginSchema schema = find(session);
            if (!schema.isNew()) {
                source.useSchema(schema.name());
                requireTables(plugin, new SchemaAccess(session), schema.name());
            }
            return "in the database '" + source.getDatabaseName() + "', " + schema.description()
                    + unchecked.map(encoding -> "; " + unchecked(encoding)).orElse("");
        }
    }

    private void requireTables(PluginFiles plugin, SchemaAccess access, String schema) throws SQLException {
        Optional<AppliedMigrations> applied = AppliedMigrations.of(plugin, files, Dialect.POSTGRESQL);
        if (applied.isPresent()) {
            Set<String> tables = applied.get().requireMatch(source, DatabaseAddress.Postgres.of(source));
            access.require(schema, tables);
        }
    }

    private boolean hasOwnDatabase() {
        return settings.division() == Division.DATABASE;
    }

    private String database() {
        return settings.database().orElse(settings.prefix() + pluginId);
    }

    /** @throws UnusableDatabase if the plugin could not work there; the message says what to do */
    private PluginSchema find(PostgresSession session) throws SQLException {
        SchemaNames names = SchemaNames.of(settings, pluginId);
        SchemaAccess access = new SchemaAccess(session);
        access.requireWritable();
        PluginSchema schema = PluginSchema.find(session, names, files);
        if (schema.isNew()) {
            requireRights(session, schema.name());
        } else if (!names.others().contains(schema.name())) {
            // In a shared schema, there can be tables of others, on which the user needs no rights.
            access.requireRights(schema.name());
        }
        return schema;
    }

    private String unchecked(String encoding) {
        return "the encoding of the database '" + source.getDatabaseName() + "' is " + encoding
                + ", so the server does not know letters beyond ASCII: searches and lengths can be wrong. Create databases with"
                + " encoding 'UTF8'";
    }

    private PostgresSession session(Connection connection) {
        return new PostgresSession(connection, DatabaseAddress.Postgres.of(source));
    }

    private boolean isDatabaseMissing() throws SQLException {
        try (Connection connection = source.connectToServer()) {
            PostgresSession session = session(connection);
            boolean missing = !session.hasDatabase(database());
            if (missing) {
                new SchemaAccess(session).requireWritable();
                session.requireDatabaseCreator(database());
            }
            return missing;
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = source.connectToServer()) {
            PostgresSession session = session(connection);
            if (!session.hasDatabase(database())) {
                new SchemaAccess(session).requireWritable();
                session.createDatabase(database());
            }
        } catch (SQLException e) {
            ignoreIfMadeByAnother(e);
        }
    }

    private void createSchema(PostgresSession session, String name) throws SQLException {
        if (!session.hasSchema(name)) {
            try {
                session.createSchema(name);
            } catch (SQLException e) {
                ignoreIfMadeByAnother(e);
            }
        }
    }

    /** The schema in a plugin's own database is created like its tables, whatever {@code ensureExists} is. */
    private void requireRights(PostgresSession session, String schema) throws SQLException {
        if (session.hasSchema(schema)) {
            session.requireTableCreator(schema);
        } else if (hasOwnDatabase() || settings.ensureExists()) {
            session.requireSchemaCreator(schema);
        } else {
            throw session.missingSchema(schema);
        }
    }

    /** Two hosts that start together both find nothing and both create it. */
    private static void ignoreIfMadeByAnother(SQLException e) throws SQLException {
        if (!DUPLICATE.contains(String.valueOf(e.getSQLState()))) {
            throw e;
        }
    }

    private void report(ForeignTables tables, String schema) {
        LOG.warn(
                "{}: in the database '{}', {}. Belfry leaves them alone and uses the schema '{}'{}",
                pluginId,
                source.getDatabaseName(),
                tables.description(),
                schema,
                tables.hint(true));
    }
}
