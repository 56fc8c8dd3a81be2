package dev.belfry.plugins.scim;

import dev.belfry.api.catalog.EntityRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of resources, within one connection. */
final class ResourceTable {

    private static final String COLUMNS =
            "select id, kind, ref, version, created, last_modified, content from scim_resource";
    private static final String INSERT = """
            insert into scim_resource (ref, user_name, display_name, external_id, version, last_modified, content,
                                       kind, created, id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            update scim_resource set ref = ?, user_name = ?, display_name = ?, external_id = ?, version = ?,
                   last_modified = ?, content = ?
            where id = ?""";

    /** Of {@link #INSERT}, after the columns of {@link #UPDATE}. */
    private static final int KIND = 8;

    private static final int CREATED = 9;
    private static final int ID = 10;

    private final Connection connection;

    ResourceTable(Connection connection) {
        this.connection = connection;
    }

    /** A column that filters compare, and the value as it is stored there. */
    record Lookup(String column, String value) {
        static Optional<Lookup> of(ResourceKind kind, String attribute, String value) {
            return switch (attribute.toLowerCase(Locale.ROOT)) {
                case "id" -> Optional.of(new Lookup("id", value));
                case "externalid" -> Optional.of(new Lookup("external_id", value));
                case "displayname" -> Optional.of(new Lookup("display_name", value.toLowerCase(Locale.ROOT)));
                case "username" ->
                    kind == ResourceKind.USER
                            ? Optional.of(new Lookup("user_name", value.toLowerCase(Locale.ROOT)))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }
    }

    Optional<StoredResource> find(ResourceKind kind, String id) throws SQLException {
        return query(" where kind = ? and id = ?", kind.label(), id).stream().findFirst();
    }

    /** Whichever kind it has: no two resources have one reference. */
    Optional<StoredResource> find(EntityRef ref) throws SQLException {
        return query(" where ref = ?", ref.toString()).stream().findFirst();
    }

    List<StoredResource> find(ResourceKind kind, Lookup lookup) throws SQLException {
        return query(
                " where kind = ? and " + lookup.column() + " = ? order by created, id", kind.label(), lookup.value());
    }

    List<StoredResource> page(ResourceKind kind, int offset, int count) throws SQLException {
        return query(" where kind = ? order by created, id limit " + count + " offset " + offset, kind.label());
    }

    List<StoredResource> all() throws SQLException {
        return query("");
    }

    /** Groups that name this resource as a member, and perhaps some that contain its id elsewhere. */
    List<StoredResource> groupsNaming(String id) throws SQLException {
        return query(" where kind = ? and content like ?", ResourceKind.GROUP.label(), "%\"" + id + "\"%");
    }

    int count(ResourceKind kind) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(*) from scim_resource where kind = ?")) {
            statement.setString(1, kind.label());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    void insert(StoredResource resource) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            bind(statement, resource);
            statement.setString(KIND, resource.kind().label());
            statement.setString(CREATED, resource.created().toString());
            statement.setString(ID, resource.id());
            statement.executeUpdate();
        }
    }

    void update(StoredResource resource) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            bind(statement, resource);
            statement.setString(KIND, resource.id());
            statement.executeUpdate();
        }
    }

    void delete(String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from scim_resource where id = ?")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, StoredResource resource) throws SQLException {
        int column = 1;
        statement.setString(column++, resource.ref().toString());
        statement.setString(column++, key(resource, "userName", true));
        statement.setString(column++, key(resource, "displayName", true));
        statement.setString(column++, key(resource, "externalId", false));
        statement.setInt(column++, resource.version());
        statement.setString(column++, resource.lastModified().toString());
        statement.setString(column, Scim.text(resource.content()));
    }

    private static @Nullable String key(StoredResource resource, String attribute, boolean lowerCase) {
        String text = Scim.text(resource.content(), attribute);
        if (text.isEmpty()) {
            return null;
        }
        return lowerCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private List<StoredResource> query(String condition, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + condition)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<StoredResource> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(resource(rows));
                }
                return found;
            }
        }
    }

    private static StoredResource resource(ResultSet row) throws SQLException {
        EntityRef ref = EntityRef.parse(row.getString("ref"), "");
        return new StoredResource(
                row.getString("id"),
                ref.kind().equals(EntityRef.USER) ? ResourceKind.USER : ResourceKind.GROUP,
                ref,
                row.getInt("version"),
                Instant.parse(row.getString("created")),
                Instant.parse(row.getString("last_modified")),
                Scim.stored(row.getString("content")));
    }
}
