package dev.belfry.notifications.jooq.statement;

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
 * Connections to PostgreSQL on which a prepared statement has one plan for all values. By default the server may plan again for
 * each set of values, and planning a page of unread notifications takes longer than reading it. docs/decisions/0019 has the
 * figures.
 */
public final class GenericPlans extends DataSourceConnectionProvider {

    private static final String SET = "set plan_cache_mode = force_generic_plan";

    /** The pool's connections that are set up already: the pool returns the same ones again. */
    private final Set<Connection> configured =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    public GenericPlans(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection acquire() {
        Connection connection = super.acquire();
        try {
            configure(connection.unwrap(Connection.class));
            return connection;
        } catch (SQLException e) {
            release(connection);
            throw new DataAccessException("plan_cache_mode cannot be set on a new connection", e);
        }
    }

    private void configure(Connection pooled) throws SQLException {
        if (!configured.contains(pooled)) {
            try (Statement statement = pooled.createStatement()) {
                statement.execute(SET);
            }
            configured.add(pooled);
        }
    }
}
