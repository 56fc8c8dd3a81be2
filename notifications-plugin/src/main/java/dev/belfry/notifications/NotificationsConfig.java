package dev.belfry.notifications;

import dev.belfry.api.ConfigurationWarnings;
import dev.belfry.api.Secret;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.notifications.rest.SendRate;
import dev.belfry.notifications.sending.ActionUrls;
import dev.belfry.notifications.sending.CreateRequestRules.EmptyTargets;
import dev.belfry.notifications.storage.RetentionCutoff;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code notifications} of the configuration.
 *
 * @param externalCallerSecret secret that a caller without a token sends in the header {@code notifications-secret}; if it is
 *     set, requests without credentials are refused
 * @param emptyTargets how to handle an empty array of targets; by default as an absent one
 * @param actionUrlSchemes schemes of action URLs, in addition to http, https, mailto and tel
 * @param retention how long notifications are kept, such as P365D; null = forever
 * @param retentionByTopic how long notifications of a topic are kept instead, by topic; empty = forever
 * @param maxWait how long a request for a count may wait for a change, at most PT5M; by default 1 minute
 * @param limits rate limits of sending
 */
public record NotificationsConfig(
        @Nullable Secret externalCallerSecret,
        @Nullable EmptyTargets emptyTargets,
        List<String> actionUrlSchemes,
        @Nullable Duration retention,
        Map<String, Optional<Duration>> retentionByTopic,
        @Nullable Duration maxWait,
        @Nullable Limits limits)
        implements ConfigurationWarnings {

    private static final Duration MIN_RETENTION = Duration.ofMinutes(1);
    private static final Duration MAX_RETENTION = Duration.ofDays(36_500);
    private static final Duration DEFAULT_WAIT = Duration.ofMinutes(1);
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    public NotificationsConfig {
        if (externalCallerSecret != null && externalCallerSecret.text().isBlank()) {
            throw new IllegalArgumentException("externalCallerSecret must not be blank; leave it out for none");
        }
        actionUrlSchemes = List.copyOf(actionUrlSchemes);
        new ActionUrls(actionUrlSchemes);
        retentionByTopic = Map.copyOf(retentionByTopic);
        if (retention != null) {
            requireLong("retention", retention);
        }
        retentionByTopic.forEach((topic, retained) ->
                retained.ifPresent(duration -> requireLong("retentionByTopic." + topic, duration)));
        if (maxWait != null && (maxWait.isNegative() || maxWait.compareTo(MAX_WAIT) > 0)) {
            throw new IllegalArgumentException("maxWait must be from PT0S to " + MAX_WAIT + ", not " + maxWait);
        }
    }

    private static void requireLong(String key, Duration duration) {
        if (duration.compareTo(MIN_RETENTION) < 0 || duration.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException(key + " must be from " + MIN_RETENTION + " to P36500D, not " + duration);
        }
    }

    @Override
    public Map<String, String> warnings() {
        return externalCallerSecret != null && SharedSecret.isShort(externalCallerSecret)
                ? Map.of("externalCallerSecret", "has fewer than 16 characters and may be guessed. Set a longer secret")
                : Map.of();
    }

    boolean keepsForever() {
        return retention == null && retentionByTopic.values().stream().allMatch(Optional::isEmpty);
    }

    /** The times until which created notifications have expired. */
    RetentionCutoff cutoff(Instant now) {
        Map<String, Instant> byTopic = new HashMap<>();
        // No notification is older than the longest retention.
        retentionByTopic.forEach((topic, duration) -> byTopic.put(topic, now.minus(duration.orElse(MAX_RETENTION))));
        return new RetentionCutoff(retention == null ? null : now.minus(retention), byTopic);
    }

    /**
     * How many notifications may be created per minute and host. 0 = no limit.
     *
     * @param createsPerMinute by all senders together; by default 1,000,000
     * @param perSender by each sender; by default 600,000
     * @param unlimitedSenders subjects without limits, such as {@code external:importer}
     */
    public record Limits(
            @Nullable Long createsPerMinute, @Nullable Long perSender, List<String> unlimitedSenders) {

        private static final long DEFAULT_IN_ALL = 1_000_000;
        private static final long DEFAULT_PER_SENDER = 600_000;
        private static final long MAX = 1_000_000_000;

        public Limits {
            requireNatural("createsPerMinute", createsPerMinute);
            requireNatural("perSender", perSender);
            unlimitedSenders = List.copyOf(unlimitedSenders);
        }

        private static void requireNatural(String key, @Nullable Long number) {
            if (number != null && (number < 0 || number > MAX)) {
                throw new IllegalArgumentException(
                        "limits." + key + " must be from 0 (no limit) to " + MAX + ", not " + number);
            }
        }

        SendRate rate() {
            return new SendRate(
                    createsPerMinute == null ? DEFAULT_IN_ALL : createsPerMinute,
                    perSender == null ? DEFAULT_PER_SENDER : perSender,
                    Set.copyOf(unlimitedSenders));
        }
    }

    SendRate sendRate() {
        return (limits == null ? new Limits(null, null, List.of()) : limits).rate();
    }

    Duration maxWaitOrDefault() {
        return maxWait == null ? DEFAULT_WAIT : maxWait;
    }

    EmptyTargets emptyTargetsOrDefault() {
        return emptyTargets == null ? EmptyTargets.SYSTEM : emptyTargets;
    }
}
