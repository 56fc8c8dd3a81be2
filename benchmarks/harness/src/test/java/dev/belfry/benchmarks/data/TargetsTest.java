package dev.belfry.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is loaded is as if it had been sent: the store finds and counts it. */
class TargetsTest {

    private static final DataSet DATA = new DataSet(2000);
    private static final Recipient ORDINARY = new Recipient(
            EntityRef.parse(DataSet.ORDINARY, EntityRef.USER),
            Set.of(
                    EntityRef.group("default", "team-7"),
                    EntityRef.group("default", "team-14"),
                    EntityRef.group("default", "team-21")));

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theStoreFindsAndCountsWhatWasLoaded(Dialect dialect) throws SQLException {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            target(database).load(DATA);
            JooqNotificationStore store = new JooqNotificationStore(database);

            for (Scope scope : Scope.values()) {
                for (Boolean read : new Boolean[] {true, false}) {
                    Filter filter = new Filter(scope, null, null, read);
                    long counted = store.count(ORDINARY, filter);
                    assertThat(store.page(ORDINARY, filter, Order.NEWEST_FIRST, 0, 10_000)
                                    .items())
                            .as("%s, read %s", scope, read)
                            .hasSize((int) counted);
                }
            }
            assertThat(store.count(ORDINARY, Filter.of(Scope.ALL))).isGreaterThan(100);
            assertThat(store.count(ORDINARY, new Filter(Scope.ALL, DATA.rare(), null, null)))
                    .isPositive();
            Recipient heavy = new Recipient(EntityRef.parse(DataSet.HEAVY, EntityRef.USER), Set.of());
            assertThat(store.counts(heavy, Scope.USER).unread()).isEqualTo(3);
        }
    }

    private static Target target(TestDatabase database) throws SQLException {
        return switch (database.dialect()) {
            case POSTGRESQL -> new PostgresTarget(database.dataSource());
            case SQLITE -> new SqliteTarget(file(database));
        };
    }

    private static java.nio.file.Path file(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet files = statement.executeQuery("pragma database_list")) {
            files.next();
            return java.nio.file.Path.of(files.getString("file"));
        }
    }

    @Test
    void theDataSetIsTheSameEachTime() {
        List<Row> once = DATA.rows().toList();

        assertThat(DATA.rows()).containsExactlyElementsOf(once);
        assertThat(once.stream().map(Row::position)).doesNotHaveDuplicates();
        assertThat(once.stream().filter(row -> row.user() == null && row.group() == null))
                .hasSize(100);
    }
}
