package dev.belfry.host.database;

import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import javax.sql.DataSource;

/** Settings and metrics for timing the statements of one plugin. */
record StatementTiming(String pluginId, StatementSettings settings, MeterRegistry meters) {

    /** Wraps the data source below a pool with this name. */
    DataSource timed(DataSource source, String pool, StatementTimeout limit) {
        SlowQueries slow = new SlowQueries(pluginId, pool, settings.slowQueryThreshold(), meters);
        return TimedConnection.proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = TimedConnection.call(source, method, arguments);
            return result instanceof Connection connection
                    ? TimedConnection.of(connection, limit.on(connection), slow)
                    : result;
        });
    }
}
