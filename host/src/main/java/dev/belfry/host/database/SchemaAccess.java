package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether a user of PostgreSQL can work with the tables of a plugin. Asks the catalog, and changes nothing. */
final class SchemaAccess {

    /** A standby is read-only, whatever the default is. */
    private static final String READ_ONLY = """
            select pg_is_in_recovery(), source from pg_settings
            where name = 'default_transaction_read_only' and current_setting('transaction_read_only')::boolean""";

    /** Tables of extensions do not count, nor do sequences of identity columns, which need no right. */
    private static final String RELATIONS = """
            select c.relname, c.relkind = 'S', has_schema_privilege(n.oid, 'usage') and case
                when c.relkind = 'S' then has_sequence_privilege(c.oid, 'usage')
                when c.relname in (?, ?) then has_table_privilege(c.oid, 'select')
                else has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
                    and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')
                end
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind in ('r', 'p', 'S') and not exists (select from pg_depend d
                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'i'))
            order by 1""";

    private final Connection connection;
    private final DatabaseAddress.Postgres address;

    SchemaAccess(PostgresSession session) {
        this.connection = session.connection();
        this.address = session.address();
    }

    /** @param usable whether the user has the rights that a plugin needs */
    private record Relation(String name, boolean isSequence, boolean usable) {}

    /** @throws UnusableDatabase if nothing can be written to the database; the message says why, and what to do */
    void requireWritable() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ_ONLY)) {
            if (row.next()) {
                throw new UnusableDatabase(
                        "the database '" + address.database() + "' on " + address.server() + " is read-only, because "
                                + (row.getBoolean(1)
                                        ? "the server is a standby: connect to the primary"
                                        : "default_transaction_read_only is on. " + reset(row.getString(2))),
                        Outages.READ_ONLY_TRANSACTION);
            }
        }
    }

    /** @param source as {@code pg_settings} names it */
    private String reset(String source) throws SQLException {
        String reset = " reset default_transaction_read_only";
        String database = quoted(address.database());
        String user = quoted(address.user());
        return switch (source) {
            case "database" -> "Run as an administrator: alter database " + database + reset;
            case "user" -> "Run as an administrator: alter role " + user + reset;
            case "database user" -> "Run as an administrator: alter role " + user + " in database " + database + reset;
            default -> "Turn it off in postgresql.conf, or connect to the primary";
        };
    }

    /** @throws UnusableDatabase if the user lacks a right; the message has the statement to run */
    void requireRights(String schema) throws SQLException {
        requireRights(schema, relations(schema));
    }

    /** @throws UnusableDatabase if a table of the schema is missing, or the user lacks a right */
    void require(String schema, Set<String> tables) throws SQLException {
        List<Relation> relations = relations(schema);
        Set<String> missing = new TreeSet<>(tables);
        relations.forEach(relation -> missing.remove(relation.name()));
        if (!missing.isEmpty()) {
            String database = " in the database '" + address.database() + "' on " + address.server();
            throw new UnusableDatabase(
                    relations.isEmpty()
                            ? "the tables of the schema '" + schema + "' are gone" + database
                                    + ": restore a backup, or restart the host, which creates empty tables"
                            : "the table '" + String.join("', '", missing) + "' is missing in the schema '" + schema
                                    + "'" + database + ": restore a backup"
                                    + (SchemaNames.isOwn(schema)
                                            ? ", or, to give up all data of the plugin, run there: drop schema "
                                                    + quoted(schema) + " cascade"
                                            : ""),
                    Outages.UNDEFINED_TABLE);
        }
        requireRights(
                schema,
                relations.stream()
                        .filter(relation -> tables.contains(relation.name()))
                        .toList());
    }

    private void requireRights(String schema, List<Relation> relations) throws SQLException {
        List<Relation> unusable =
                relations.stream().filter(relation -> !relation.usable()).toList();
        if (unusable.isEmpty()) {
            return;
        }
        String to = " in schema " + quoted(schema) + " to " + quoted(address.user());
        throw new UnusableDatabase(
                "the user '" + address.user() + "' may not read and write the table '"
                        + unusable.getFirst().name() + "'"
                        + (unusable.size() == 1 ? "" : " and " + (unusable.size() - 1) + " more")
                        + " in the schema '" + schema + "' of the database '" + address.database()
                        + "'. Run there as an administrator: grant usage on schema " + quoted(schema) + " to "
                        + quoted(address.user()) + "; grant select, insert, update, delete on all tables" + to
                        + (unusable.stream().anyMatch(Relation::isSequence)
                                ? "; grant usage on all sequences" + to
                                : ""),
                Outages.INSUFFICIENT_PRIVILEGE);
    }

    /** The names of the tables that the user can read and write. A schema may also have tables of others. */
    Set<String> tables(String schema) throws SQLException {
        Set<String> tables = new TreeSet<>();
        relations(schema).stream()
                .filter(relation -> !relation.isSequence() && relation.usable())
                .forEach(table -> tables.add(table.name()));
        return tables;
    }

    private List<Relation> relations(String schema) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(RELATIONS)) {
            query.setString(1, PluginSchema.HISTORY);
            query.setString(2, PluginSchema.HOST_HISTORY);
            query.setString(3, schema);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    relations.add(new Relation(row.getString(1), row.getBoolean(2), row.getBoolean(3)));
                }
            }
        }
        return relations;
    }

    private String quoted(String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }
}
