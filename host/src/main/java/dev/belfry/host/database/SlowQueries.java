package dev.belfry.host.database;

import dev.belfry.host.logging.LogRateLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the slow statements of one pool, without values, which may be personal data. */
final class SlowQueries {

    private static final Logger LOG = LoggerFactory.getLogger("slow-query");

    private final String pluginId;
    private final String pool;
    private final Duration threshold;
    private final Counter counter;
    private final LogRateLimiter rateLimiter = new LogRateLimiter(System::nanoTime);

    /** @param threshold zero = never */
    SlowQueries(String pluginId, String pool, Duration threshold, MeterRegistry meters) {
        this.pluginId = pluginId;
        this.pool = pool;
        this.threshold = threshold.isZero() ? Duration.ofNanos(Long.MAX_VALUE) : threshold;
        this.counter = Counter.builder("belfry.database.slow.queries")
                .description("Statements that took longer than belfry.database.slowQueryThreshold")
                .tag("plugin", pluginId)
                .tag("pool", pool)
                .register(meters);
    }

    /** @param rows negative when unknown */
    void ended(String sql, long nanos, long rows) {
        if (nanos < threshold.toNanos()) {
            return;
        }
        counter.increment();
        String text = SqlText.withoutValues(sql);
        OptionalLong unsaid = rateLimiter.take(text);
        if (unsaid.isPresent()) {
            LOG.warn(
                    "{} {} {} ms, {}{}: {}",
                    pluginId,
                    pool,
                    Duration.ofNanos(nanos).toMillis(),
                    rows < 0 ? "rows unknown" : rows + " rows",
                    unsaid.getAsLong() == 0 ? "" : ", " + unsaid.getAsLong() + " more not logged",
                    text);
        }
    }
}
