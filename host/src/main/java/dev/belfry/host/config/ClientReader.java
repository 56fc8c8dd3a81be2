package dev.belfry.host.config;

import java.time.Duration;
import java.util.LinkedHashSet;

/** Reads the limits of clients. Defaults depend on the heap size. */
final class ClientReader {

    /** A connection whose request has 16 KiB of headers uses up to 25 KiB of the heap. */
    private static final long HEAP_PER_CONNECTION = 64 * 1024;

    private static final long FEWEST_CONNECTIONS = 256;
    private static final long MOST_CONNECTIONS = 100_000;

    /** The limit of open files is often not much higher. */
    private static final long MOST_BY_DEFAULT = 10_000;

    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    /** About 10,000 requests a second: only a runaway client sends more. */
    private static final long DEFAULT_REQUESTS = 600_000;

    private static final int DEFAULT_WAITS_PER_CALLER = 64;

    private ClientReader() {}

    static ClientSettings read(Section limits) {
        int connections = (int) (long) limits.number("connections", 16, MOST_CONNECTIONS)
                .orElse(connectionsFor(Runtime.getRuntime().maxMemory()));
        // Some connections stay free for requests that complete at once.
        int mostWaits = Math.max(1, connections - connections / 4);
        int waits = (int) (long) limits.number("waits", 1, MOST_CONNECTIONS).orElse((long) mostWaits);
        if (waits > mostWaits) {
            limits.problem(
                    "waits",
                    "must be at most three quarters of the connections (belfry.limits.connections), that is "
                            + mostWaits + ", not " + waits);
        }
        return new ClientSettings(
                connections,
                timeout(limits, "headerTimeout", Duration.ofSeconds(10)),
                timeout(limits, "bodyTimeout", Duration.ofSeconds(60)),
                limits.number("minDataRate", 0, 1024 * 1024).orElse(1024L),
                waits,
                (int) (long) limits.number("waitsPerCaller", 1, MOST_CONNECTIONS)
                        .orElse((long) Math.min(waits, DEFAULT_WAITS_PER_CALLER)),
                limits.duration("requestTime").orElse(Duration.ofSeconds(60)),
                limits.number("requestsPerCaller", 0, Integer.MAX_VALUE).orElse(DEFAULT_REQUESTS),
                new LinkedHashSet<>(limits.texts("unlimitedCallers")));
    }

    static long connectionsFor(long heap) {
        return Math.clamp(heap / HEAP_PER_CONNECTION, FEWEST_CONNECTIONS, MOST_BY_DEFAULT);
    }

    private static Duration timeout(Section limits, String key, Duration otherwise) {
        Duration given = limits.duration(key).orElse(otherwise);
        if (given.toMillis() < 100 || given.compareTo(MAX_TIMEOUT) > 0) {
            limits.problem(key, "must be between PT0.1S and " + MAX_TIMEOUT + ", not " + given);
        }
        return given;
    }
}
