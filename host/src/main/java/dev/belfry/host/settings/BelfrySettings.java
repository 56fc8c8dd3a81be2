package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Derived;
import dev.belfry.host.config.DurationRange;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.Range;
import dev.belfry.host.config.Via;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code belfry}: settings without an equivalent in Backstage.
 *
 * @param dataDirectory SQLite files, keys, copies of JARs
 * @param bodyLimit maximum request body in bytes
 * @param startTimeout time limit of a plugin's start
 * @param shutdownDelay how long the host serves after it has said that it is not ready, before it drains
 * @param drainTimeout how long requests in flight may continue during a stop
 * @param stopTimeout time limit of the whole host's stop; zero = derived from {@code drainTimeout}
 * @param accessLog whether each request is logged
 * @param limits limits of plugins and clients
 * @param outgoing requests of plugins to other servers
 * @param statements slow-query threshold and statement timeout
 */
public record BelfrySettings(
        @Default("data") Path dataDirectory,

        @Default("1048576") @Range(min = 1, max = MAX_BODY_LIMIT)
        long bodyLimit,

        @Default("PT60S") Duration startTimeout,

        @Default("PT0S") @DurationRange(min = "PT0S", max = "PT1H")
        Duration shutdownDelay,

        @Default("PT10S") Duration drainTimeout,

        @Derived @DurationRange(min = "PT0.001S", max = "P365D")
        Duration stopTimeout,

        @Default("true") boolean accessLog,
        @Default LimitSettings limits,
        @Default @Via(OutgoingKeys.class) OutgoingSettings outgoing,
        @Key("database") @Default StatementSettings statements)
        implements Checked {

    private static final long MAX_BODY_LIMIT = 1_073_741_824;

    /** After the drain; together less than the 30 s that Kubernetes gives a process. */
    private static final Duration STOP_OF_PLUGINS = Duration.ofSeconds(15);

    public BelfrySettings {
        stopTimeout = stopTimeout.isZero() ? drainTimeout.plus(STOP_OF_PLUGINS) : stopTimeout;
    }

    /** The longest time from the request to stop until the host has stopped. */
    public Duration longestStop() {
        return shutdownDelay.plus(stopTimeout);
    }

    @Override
    public void check(Checks checks) {
        if (stopTimeout.compareTo(drainTimeout) <= 0) {
            checks.fault(
                    "stopTimeout",
                    "must be longer than belfry.drainTimeout, which is " + drainTimeout + ", not " + stopTimeout);
        }
    }
}
