package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.Derived;
import dev.belfry.host.config.DurationRange;
import dev.belfry.host.config.Range;
import java.time.Duration;

/**
 * {@code belfry.limits.streams}: event streams.
 *
 * @param total maximum number of open streams; zero = derived from the waiting requests
 * @param perCaller the same, per caller
 * @param queueSize bytes that are kept for one client; a client that needs more is disconnected
 * @param heartbeat after this time without an event, a client gets a comment
 * @param longest after this time a stream ends, and its client connects again, with credentials that are checked again
 * @param reconnectWithin when streams are drained, their clients connect again within this time
 */
public record StreamSettings(
        @Derived @Range(min = 1, max = Integer.MAX_VALUE) int total,

        @Derived @Range(min = 1, max = Integer.MAX_VALUE) int perCaller,

        @Default(DEFAULT_QUEUE) @Range(min = 1024, max = MAX_QUEUE)
        int queueSize,

        @Default("PT20S") @DurationRange(min = "PT0.1S", max = "PT5M")
        Duration heartbeat,

        @Default("PT15M") @DurationRange(min = "PT1S", max = "PT24H")
        Duration longest,

        @Default("PT5S") @DurationRange(max = "PT5M") Duration reconnectWithin) {

    /** The default number of streams with full queues uses a quarter of the heap. */
    private static final String DEFAULT_QUEUE = "32768";

    private static final long MAX_QUEUE = 16 * 1024 * 1024;
    private static final int DEFAULT_PER_CALLER = 16;

    /** @param clients streams are a part of their {@code waits} */
    StreamSettings within(ClientSettings clients) {
        return new StreamSettings(
                total == 0 ? Math.max(1, 2 * clients.waits() / 3) : total,
                perCaller == 0 ? Math.min(DEFAULT_PER_CALLER, clients.waitsPerCaller()) : perCaller,
                queueSize,
                heartbeat,
                longest,
                reconnectWithin);
    }
}
