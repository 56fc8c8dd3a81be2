package dev.belfry.notifications.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.statement.GenericPlans;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenericPlansTest {

    /** After some runs the driver prepares the statement on the server, which by default makes custom plans for the next five. */
    private static final int RUNS = 10;

    private TestDatabase database;
    private GenericPlans plans;

    @BeforeEach
    void open() {
        database = TestDatabase.of(Dialect.POSTGRESQL, JooqNotificationStore.class);
        plans = new GenericPlans(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyConnectionUsesGenericPlans() throws SQLException {
        Connection one = plans.acquire();
        Connection another = plans.acquire();

        assertThat(List.of(mode(one), mode(another))).containsOnly("force_generic_plan");

        plans.release(one);
        plans.release(another);
    }

    @Test
    void aPooledConnectionIsConfiguredOnce() throws SQLException {
        Connection first = plans.acquire();
        Connection pooled = first.unwrap(Connection.class);
        execute(first, "set plan_cache_mode = auto");
        plans.release(first);

        Connection again = plans.acquire();

        assertThat(again.unwrap(Connection.class)).isSameAs(pooled);
        assertThat(mode(again)).isEqualTo("auto");
        plans.release(again);
    }

    @Test
    void aPageHasNoCustomPlan() throws SQLException {
        database.migrate(JooqNotificationStore.MIGRATIONS);
        // A single thread uses a single connection, which the test can query afterwards.
        JooqNotificationStore store = new JooqNotificationStore(database);
        for (int run = 0; run < RUNS; run++) {
            store.page(Crowd.FEW, new Filter(Scope.ALL, null, null, false), Order.NEWEST_FIRST, 0, 20);
        }

        Connection session = plans.acquire();
        List<Long> customPlans = customPlans(session);
        plans.release(session);

        assertThat(customPlans).isNotEmpty().containsOnly(0L);
    }

    private static String mode(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show plan_cache_mode")) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<Long> customPlans(Connection session) throws SQLException {
        List<Long> made = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select custom_plans from pg_prepared_statements where statement like '%selected%'")) {
            while (rows.next()) {
                made.add(rows.getLong(1));
            }
        }
        return made;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
