package dev.belfry.host.database;

import dev.belfry.host.settings.StatementSettings;
import dev.belfry.host.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * How the statements of one plugin are timed and traced.
 *
 * @param system for spans, {@code postgresql} or {@code sqlite}
 */
record StatementTiming(
        String pluginId, String system, StatementSettings settings, MeterRegistry meters, Tracing tracing) {

    /** Wraps the data source below a pool with this name. */
    DataSource timed(DataSource source, String pool, StatementTimeout limit) {
        SlowQueries slow = new SlowQueries(pluginId, pool, settings.slowQueryThreshold(), meters);
        StatementTimers timers = new StatementTimers(slow, tracing, system, pluginId, new StatementTexts());
        return TimedConnection.proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = TimedConnection.call(source, method, arguments);
            return result instanceof Connection connection
                    ? TimedConnection.of(connection, limit.on(connection), timers)
                    : result;
        });
    }
}
