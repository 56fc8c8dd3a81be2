package dev.belfry.notifications.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The times until which created notifications have expired.
 *
 * @param until applies to notifications without a topic of {@code byTopic}; null = they do not expire
 * @param byTopic applies to notifications of the topic
 * @since 0.1
 */
public record RetentionCutoff(@Nullable Instant until, Map<String, Instant> byTopic) {

    public RetentionCutoff {
        byTopic = Map.copyOf(byTopic);
    }

    /** Returns true if the notification has expired. */
    public boolean isExpired(Instant created, @Nullable String topic) {
        Instant own = topic == null ? null : byTopic.get(topic);
        Instant end = own == null ? until : own;
        return end != null && !created.isAfter(end);
    }

    /** Every notification created until then has expired; empty when some never expire. */
    public Optional<Instant> earliest() {
        return until == null
                ? Optional.empty()
                : Stream.concat(Stream.of(until), byTopic.values().stream()).min(Instant::compareTo);
    }

    /** No notification created later has expired; empty when none expires. */
    public Optional<Instant> latest() {
        return Stream.concat(Optional.ofNullable(until).stream(), byTopic.values().stream())
                .max(Instant::compareTo);
    }
}
