package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Derived;
import dev.belfry.host.config.Inline;
import dev.belfry.host.config.Range;
import java.time.Duration;

/**
 * {@code belfry.limits}: limits of each plugin, and of clients. Zero = derived from the other limits.
 *
 * @param carrierThreads carrier threads of virtual threads; more than the number of processors, so that some remain
 *         when handlers compute without end
 * @param requestsPerPlugin concurrent requests inside one plugin; fewer than the carrier threads
 * @param patience how long a request waits for a permit
 * @param clients limits of clients
 * @param streams limits of event streams
 */
public record LimitSettings(
        @Derived @Range(min = 2, max = MAX_CARRIERS) int carrierThreads,
        @Derived @Range(min = 1, max = MAX_CARRIERS) int requestsPerPlugin,
        @Default("PT1S") Duration patience,
        @Inline ClientSettings clients,
        @Default StreamSettings streams)
        implements Checked {

    /** The default maximum of Java's scheduler. */
    private static final long MAX_CARRIERS = 256;

    private static final int DEFAULT_CARRIERS =
            Math.clamp(8L * Runtime.getRuntime().availableProcessors(), 32, (int) MAX_CARRIERS);

    public LimitSettings {
        carrierThreads = carrierThreads == 0 ? DEFAULT_CARRIERS : carrierThreads;
        requestsPerPlugin = requestsPerPlugin == 0 ? carrierThreads - carrierThreads / 4 : requestsPerPlugin;
        streams = streams.within(clients);
    }

    @Override
    public void check(Checks checks) {
        if (requestsPerPlugin >= carrierThreads) {
            checks.fault(
                    "requestsPerPlugin",
                    "must be less than the carrier threads (belfry.limits.carrierThreads), of which there are "
                            + carrierThreads + ", not " + requestsPerPlugin);
        }
        checkStreams(checks, "streams.total", streams.total(), "waits", clients.waits());
        checkStreams(checks, "streams.perCaller", streams.perCaller(), "waitsPerCaller", clients.waitsPerCaller());
    }

    private static void checkStreams(Checks checks, String key, int streams, String waitsKey, int waits) {
        if (streams > waits) {
            checks.fault(
                    key,
                    "must be at most belfry.limits." + waitsKey + ", because a stream counts there, too; that is "
                            + waits + ", not " + streams);
        }
    }
}
