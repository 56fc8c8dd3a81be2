package dev.belfry.host.database;

import dev.belfry.api.database.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The schema of PostgreSQL that has a plugin's tables, or will have them.
 *
 * @param isNew no tables of this plugin exist yet
 * @param foreign tables of another application beside it
 */
record PluginSchema(String name, boolean isNew, Optional<ForeignTables> foreign) {

    static final String HISTORY = "flyway_schema_history";
    static final String HOST_HISTORY = "belfry_schema_history";

    /** Tables of extensions do not count. */
    private static final String TABLES = """
            select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any (?) and c.relkind in ('r', 'p')
            and not exists (select from pg_depend d
                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            order by 1, 2""";

    /**
     * Looks at tables, and changes nothing.
     *
     * @throws UnusableDatabase if the schema has tables of another application
     */
    static PluginSchema find(PostgresSession session, SchemaNames names, PluginResources files) throws SQLException {
        Connection connection = session.connection();
        Map<String, List<String>> tables = tables(connection, names);
        if (isOfPlugin(session, names, names.own(), tables, files)) {
            return new PluginSchema(names.own(), false, foreign(names, tables, ""));
        }
        if (isOfPlugin(session, names, names.earlier(), tables, files)) {
            return new PluginSchema(names.earlier(), false, foreign(names, tables, names.earlier()));
        }
        boolean asBefore = names.isEarlierUnshared() && !tables.containsKey(names.earlier());
        String name = asBefore ? names.earlier() : names.own();
        List<String> others = tables.getOrDefault(name, List.of());
        // Without migrations, a plugin creates tables itself, and they have no history.
        if (!others.isEmpty() && files.hasMigrations()) {
            requireForeign(session, name, others, files);
            throw new UnusableDatabase("in the database '" + session.address().database() + "', "
                    + new ForeignTables(named(name), others).refusal());
        }
        return new PluginSchema(name, true, foreign(names, tables, ""));
    }

    /** @throws UnusableDatabase if they are the plugin's own tables, and only their history is lost */
    private static void requireForeign(
            PostgresSession session, String schema, List<String> found, PluginResources files) throws UnusableDatabase {
        if (Collections.disjoint(files.createdTables(Dialect.POSTGRESQL), found)
                || ForeignTables.knownOwner(found).isPresent()) {
            return;
        }
        throw new UnusableDatabase("in the database '" + session.address().database() + "', the schema '" + schema
                + "' has tables of this plugin, but the history of its migrations, " + HISTORY + ", is "
                + (found.contains(HISTORY) ? "empty" : "missing")
                + ": restore a backup of that table, or rename the schema (alter schema ... rename to ...): then the"
                + " host creates empty tables");
    }

    private static Optional<ForeignTables> foreign(
            SchemaNames names, Map<String, List<String>> tables, String ofPlugin) {
        return names.others().stream()
                .filter(schema -> tables.containsKey(schema) && !schema.equals(ofPlugin))
                .findFirst()
                .map(schema -> new ForeignTables(named(schema), tables.getOrDefault(schema, List.of())));
    }

    private static Map<String, List<String>> tables(Connection connection, SchemaNames names) throws SQLException {
        Set<String> schemas = new LinkedHashSet<>(names.others());
        schemas.add(names.own());
        schemas.add(names.earlier());
        Map<String, List<String>> tables = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(TABLES)) {
            query.setArray(1, connection.createArrayOf("text", schemas.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    tables.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        return tables;
    }

    /** Another application may use Flyway, too; its history names scripts that this plugin does not have. */
    private static boolean isOfPlugin(
            PostgresSession session,
            SchemaNames names,
            String schema,
            Map<String, List<String>> tables,
            PluginResources files)
            throws SQLException {
        List<String> found = tables.getOrDefault(schema, List.of());
        if (found.contains(HOST_HISTORY)) {
            return true;
        }
        if (!found.contains(HISTORY)) {
            return false;
        }
        Optional<List<String>> scripts = scripts(session.connection(), schema);
        if (scripts.isEmpty() && !names.others().contains(schema)) {
            new SchemaAccess(session).requireRights(schema);
        }
        // Another host, or an abandoned start, has begun the first migration: nothing is committed yet but the history
        // itself.
        boolean isBegun = schema.equals(names.own())
                && found.equals(List.of(HISTORY))
                && scripts.filter(List::isEmpty).isPresent();
        return isBegun || scripts.orElse(List.of()).stream().anyMatch(files::hasScript);
    }

    /** @return empty if the user may not read them */
    private static Optional<List<String>> scripts(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select script from " + statement.enquoteIdentifier(schema, true)
                        + "." + HISTORY + " where type = 'SQL'")) {
            List<String> scripts = new ArrayList<>();
            while (row.next()) {
                scripts.add(row.getString(1));
            }
            return Optional.of(scripts);
        } catch (SQLException e) {
            if (Outages.INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String named(String schema) {
        return "the schema '" + schema + "'";
    }

    /** A sentence without its end. */
    String description() {
        String found = isNew
                ? "the schema '" + name + "' is new, and gets the tables"
                : "the schema '" + name + "' has the tables of this plugin";
        return found
                + foreign.map(tables -> "; " + tables.description() + ", which stay as they are" + tables.hint(isNew))
                        .orElse("");
    }
}
