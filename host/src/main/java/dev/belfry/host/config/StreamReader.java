package dev.belfry.host.config;

import java.time.Duration;

/** Reads the limits of event streams. Their defaults depend on those of all asynchronous requests. */
final class StreamReader {

    private static final Duration MAX_TIME = Duration.ofMinutes(5);
    private static final int DEFAULT_PER_CALLER = 16;

    /** The default number of streams with full queues uses a quarter of the heap. */
    private static final long DEFAULT_QUEUE = 32 * 1024;

    private static final long MAX_QUEUE = 16 * 1024 * 1024;

    private StreamReader() {}

    /** @param clients streams are a part of their {@code waits} */
    static StreamSettings read(Section limits, ClientSettings clients) {
        try (Section streams = limits.section("streams")) {
            return new StreamSettings(
                    most(streams, "total", clients.waits(), "waits", Math.max(1, 2 * clients.waits() / 3)),
                    most(
                            streams,
                            "perCaller",
                            clients.waitsPerCaller(),
                            "waitsPerCaller",
                            Math.min(DEFAULT_PER_CALLER, clients.waitsPerCaller())),
                    (int) (long) streams.number("queueSize", 1024, MAX_QUEUE).orElse(DEFAULT_QUEUE),
                    time(streams, "heartbeat", Duration.ofMillis(100), Duration.ofSeconds(20)),
                    time(streams, "reconnectWithin", Duration.ZERO, Duration.ofSeconds(5)));
        }
    }

    private static int most(Section streams, String key, int waits, String waitsKey, int otherwise) {
        int given = (int) (long) streams.number(key, 1, Integer.MAX_VALUE).orElse((long) otherwise);
        if (given > waits) {
            streams.problem(
                    key,
                    "must be at most belfry.limits." + waitsKey + ", because a stream counts there, too; that is "
                            + waits + ", not " + given);
        }
        return given;
    }

    private static Duration time(Section streams, String key, Duration least, Duration otherwise) {
        Duration given = streams.duration(key).orElse(otherwise);
        if (given.compareTo(least) < 0 || given.compareTo(MAX_TIME) > 0) {
            streams.problem(key, "must be between " + least + " and " + MAX_TIME + ", not " + given);
        }
        return given;
    }
}
