package dev.belfry.host.settings;

import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.NumberOf;
import dev.belfry.host.config.Range;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The keys of {@code knexConfig.pool}. */
@Ignored({
    "createRetryIntervalMillis",
    "createTimeoutMillis",
    "destroyTimeoutMillis",
    "propagateCreateError",
    "reapIntervalMillis"
})
record PoolKeys(
        @Range(max = MAX_CONNECTIONS) Optional<Integer> min,
        @Range(min = 1, max = MAX_CONNECTIONS) Optional<Integer> max,

        @NumberOf(ChronoUnit.MILLIS) @Range(min = MIN_ACQUIRE, max = Integer.MAX_VALUE)
        Optional<Duration> acquireTimeoutMillis,

        @NumberOf(ChronoUnit.MILLIS) @Range(max = Integer.MAX_VALUE)
        Optional<Duration> idleTimeoutMillis) {

    static final Pool DEFAULT = new Pool(0, 10, Duration.ofSeconds(5), Duration.ofMinutes(10));

    private static final long MAX_CONNECTIONS = 1000;

    /** HikariCP's minimum. */
    private static final long MIN_ACQUIRE = 250;

    Pool over(Pool outer) {
        int most = max.orElse(outer.max());
        return new Pool(
                min.orElse(Math.min(outer.min(), most)),
                most,
                acquireTimeoutMillis.orElse(outer.acquireTimeout()),
                idleTimeoutMillis.orElse(outer.idleTimeout()));
    }
}
