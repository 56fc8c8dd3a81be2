package dev.belfry.host.database;

import dev.belfry.host.tracing.Tracing;

/** Makes the timers of the statements of one pool. */
record StatementTimers(SlowQueries slow, Tracing tracing, String system, String pluginId, StatementTexts texts) {

    StatementTimer of(String sql, StatementDeadline deadline) {
        return new StatementTimer(sql, deadline, slow, tracing.statement(system, pluginId, () -> texts.of(sql)));
    }
}
