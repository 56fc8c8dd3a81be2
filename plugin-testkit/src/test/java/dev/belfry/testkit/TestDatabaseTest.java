package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.MigrationFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestDatabaseTest {

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void runsMigrationsOfBothFoldersInOrder(Dialect dialect) throws SQLException {
        try (TestDatabase database = TestDatabase.of(dialect, TestDatabaseTest.class)) {
            database.migrate("db/things");
            execute(database.dataSource(), "insert into thing (name, colour) values ('bell', 'brass')");

            assertThat(text(database.readOnlyDataSource(), "select colour from thing"))
                    .isEqualTo("brass");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void migratedDatabasesAreSeparate(Dialect dialect) throws SQLException {
        try (TestDatabase first = TestDatabase.migrated(dialect, TestDatabaseTest.class, "db/things");
                TestDatabase second = TestDatabase.migrated(dialect, TestDatabaseTest.class, "db/things")) {
            execute(first.dataSource(), "insert into thing (name, colour) values ('bell', 'brass')");
            second.migrate("db/things");

            assertThat(text(first.dataSource(), "select count(*) from thing")).isEqualTo("1");
            assertThat(text(second.dataSource(), "select count(*) from thing")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aMissingMigrationFolderIsReported(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, TestDatabaseTest.class)) {
            assertThatThrownBy(() -> database.migrate("db/thing"))
                    .isInstanceOf(MigrationFailed.class)
                    .hasMessageContaining("db/thing");
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
