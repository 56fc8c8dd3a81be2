package dev.belfry.host.database;

import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;

/** Settings and metrics for timing the statements of one plugin. */
record StatementTiming(String pluginId, StatementSettings settings, MeterRegistry meters) {

    /** Wraps the data source of a pool with this name. */
    DataSource timed(DataSource source, String pool, StatementTimeout limit) {
        return new TimedDataSource(
                source, limit, new SlowQueries(pluginId, pool, settings.slowQueryThreshold(), meters));
    }
}
