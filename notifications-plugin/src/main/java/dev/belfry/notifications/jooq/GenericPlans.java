package dev.belfry.notifications.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;

/**
 * Connections to PostgreSQL on which a prepared statement has one plan for all values. Left to itself the server also plans for
 * the values at hand, and goes on doing so at every request where it takes the plan for all values to be dearer: planning an
 * unread page takes longer than reading it. docs/decisions/0019 has the figures.
 */
final class GenericPlans extends DataSourceConnectionProvider {

    private static final String SET = "set plan_cache_mode = force_generic_plan";

    /** Those of the pool that have been told: it gives the same ones again and again. */
    private final Set<Connection> told = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    GenericPlans(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection acquire() {
        Connection connection = super.acquire();
        try {
            tell(connection.unwrap(Connection.class));
            return connection;
        } catch (SQLException e) {
            release(connection);
            throw new DataAccessException("a connection cannot be set up", e);
        }
    }

    private void tell(Connection pooled) throws SQLException {
        if (!told.contains(pooled)) {
            try (Statement statement = pooled.createStatement()) {
                statement.execute(SET);
            }
            told.add(pooled);
        }
    }
}
