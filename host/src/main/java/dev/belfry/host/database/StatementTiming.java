package dev.belfry.host.database;

import dev.belfry.host.config.StatementSettings;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;

/** What is known of the statements of one plugin: its pools and each statement are timed. */
record StatementTiming(String pluginId, StatementSettings settings, MeterRegistry meters) {

    /** For a pool of this name. */
    DataSource timed(DataSource source, String pool, StatementTimeout limit) {
        return new TimedDataSource(
                source, limit, new SlowQueries(pluginId, pool, settings.slowQueryThreshold(), meters));
    }
}
