package dev.belfry.plugins.directory;

import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last good state of the directory, in the plugin's database. */
final class SnapshotTable {

    private static final String STATE = "select revision, read_at from directory_state where id = 1";
    private static final String ENTITIES =
            "select ref, display_name, email, member_of, annotations from directory_entity";
    private static final String INSERT =
            "insert into directory_entity (ref, display_name, email, member_of, annotations) values (?, ?, ?, ?, ?)";
    private static final String CONFIRM = "update directory_state set read_at = ? where id = 1";
    private static final String REPLACED =
            "update directory_state set read_at = ?, revision = revision + 1 where id = 1";
    private static final int BATCH = 1000;

    private final Database database;

    SnapshotTable(Database database) {
        this.database = database;
    }

    /** Revision and time only; no entities. */
    Snapshot state() throws SQLException {
        try (Connection connection = database.readOnlyDataSource().getConnection()) {
            return state(connection, List.of());
        }
    }

    Snapshot read() throws SQLException {
        try (Connection connection = database.readOnlyDataSource().getConnection()) {
            // Before the entities: entities of a later revision are then read again.
            Snapshot state = state(connection, List.of());
            return new Snapshot(state.revision(), state.readAt(), entities(connection));
        }
    }

    private static Snapshot state(Connection connection, List<CatalogEntity> entities) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATE);
                ResultSet row = statement.executeQuery()) {
            row.next();
            String readAt = row.getString("read_at");
            return new Snapshot(row.getLong("revision"), readAt == null ? null : Instant.parse(readAt), entities);
        }
    }

    private static List<CatalogEntity> entities(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENTITIES);
                ResultSet rows = statement.executeQuery()) {
            List<CatalogEntity> entities = new ArrayList<>();
            while (rows.next()) {
                entities.add(entity(rows));
            }
            return entities;
        }
    }

    private static CatalogEntity entity(ResultSet row) throws SQLException {
        CatalogEntity entity = CatalogEntity.of(EntityRef.parse(row.getString("ref"), ""))
                .withMemberOf(Stream.of(row.getString("member_of").split(" "))
                        .filter(ref -> !ref.isEmpty())
                        .map(ref -> EntityRef.parse(ref, ""))
                        .toList());
        String displayName = row.getString("display_name");
        String email = row.getString("email");
        entity = displayName == null ? entity : entity.withDisplayName(displayName);
        entity = email == null ? entity : entity.withEmail(email);
        for (String line : row.getString("annotations").lines().toList()) {
            int end = line.indexOf('=');
            entity = entity.withAnnotation(line.substring(0, end), line.substring(end + 1));
        }
        return entity;
    }

    /** The directory has been read and is as it was. */
    void confirm(Instant readAt) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            update(connection, CONFIRM, readAt);
        }
    }

    /** Replaces all entities, or nothing. */
    void replace(Collection<CatalogEntity> entities, Instant readAt) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                update(connection, REPLACED, readAt);
                try (PreparedStatement delete = connection.prepareStatement("delete from directory_entity")) {
                    delete.executeUpdate();
                }
                insert(connection, entities);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void update(Connection connection, String sql, Instant readAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, readAt.toString());
            statement.executeUpdate();
        }
    }

    private static void insert(Connection connection, Collection<CatalogEntity> entities) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            int waiting = 0;
            for (CatalogEntity entity : entities) {
                statement.setString(1, entity.ref().toString());
                statement.setString(2, entity.displayName().orElse(null));
                statement.setString(3, entity.email().orElse(null));
                statement.setString(
                        4, entity.memberOf().stream().map(EntityRef::toString).collect(Collectors.joining(" ")));
                statement.setString(
                        5,
                        entity.annotations().entrySet().stream()
                                .map(annotation -> annotation.getKey() + "=" + annotation.getValue())
                                .collect(Collectors.joining("\n")));
                statement.addBatch();
                if (++waiting % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }
}
