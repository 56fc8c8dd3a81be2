package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Derived;
import dev.belfry.host.config.DurationRange;
import dev.belfry.host.config.OneOrMore;
import dev.belfry.host.config.Range;
import java.time.Duration;
import java.util.Set;

/**
 * {@code belfry.limits}: limits of clients.
 *
 * @param connections maximum number of open connections; zero = derived from the heap
 * @param headerTimeout from the first byte of a request to the end of its headers
 * @param bodyTimeout from the end of the headers to the end of the body, or of its first MiB
 * @param minDataRate minimum bytes per second that a client sends or reads while the host waits for it
 * @param waits maximum number of asynchronous requests: long polls and streams; zero = derived from the connections
 * @param waitsPerCaller the same, per caller; zero = derived from {@code waits}
 * @param requestTime limit of one request's working time; zero = no limit
 * @param requestsPerCaller requests per minute; zero = no limit
 * @param unlimitedCallers subjects without a rate limit
 */
public record ClientSettings(
        @Derived @Range(min = 16, max = MOST_CONNECTIONS) int connections,

        @Default("PT10S") @DurationRange(min = "PT0.1S", max = "PT1H")
        Duration headerTimeout,

        @Default("PT60S") @DurationRange(min = "PT0.1S", max = "PT1H")
        Duration bodyTimeout,

        @Default("1024") @Range(max = 1024 * 1024) long minDataRate,

        @Derived @Range(min = 1, max = MOST_CONNECTIONS) int waits,

        @Derived @Range(min = 1, max = MOST_CONNECTIONS) int waitsPerCaller,

        @Default("PT60S") Duration requestTime,

        @Default(DEFAULT_REQUESTS) @Range(max = Integer.MAX_VALUE)
        long requestsPerCaller,

        @OneOrMore Set<String> unlimitedCallers)
        implements Checked {

    /** A connection whose request has 16 KiB of headers uses up to 25 KiB of the heap. */
    private static final long HEAP_PER_CONNECTION = 64 * 1024;

    private static final long FEWEST_CONNECTIONS = 256;
    private static final long MOST_CONNECTIONS = 100_000;

    /** The limit of open files is often not much higher. */
    private static final long MOST_BY_DEFAULT = 10_000;

    /** About 10,000 requests a second: only a runaway client sends more. */
    private static final String DEFAULT_REQUESTS = "600000";

    private static final int DEFAULT_WAITS_PER_CALLER = 64;

    public ClientSettings {
        connections = connections == 0 ? connectionsFor(Runtime.getRuntime().maxMemory()) : connections;
        waits = waits == 0 ? mostWaits(connections) : waits;
        waitsPerCaller = waitsPerCaller == 0 ? Math.min(waits, DEFAULT_WAITS_PER_CALLER) : waitsPerCaller;
        unlimitedCallers = Set.copyOf(unlimitedCallers);
    }

    static int connectionsFor(long heap) {
        return (int) Math.clamp(heap / HEAP_PER_CONNECTION, FEWEST_CONNECTIONS, MOST_BY_DEFAULT);
    }

    /** Some connections stay free for requests that complete at once. */
    private static int mostWaits(int connections) {
        return Math.max(1, connections - connections / 4);
    }

    @Override
    public void check(Checks checks) {
        if (waits > mostWaits(connections)) {
            checks.fault(
                    "waits",
                    "must be at most three quarters of the connections (belfry.limits.connections), that is "
                            + mostWaits(connections) + ", not " + waits);
        }
    }
}
