package dev.belfry.notifications.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has had its time.
 *
 * @param until whatever was created until then, and has no topic of those in {@code byTopic}; null = nothing
 * @param byTopic what has the topic and was created until then
 * @since 0.1
 */
public record RetentionCutoff(@Nullable Instant until, Map<String, Instant> byTopic) {

    public RetentionCutoff {
        byTopic = Map.copyOf(byTopic);
    }

    /** Whether it holds for a notification. */
    public boolean covers(Instant created, @Nullable String topic) {
        Instant own = topic == null ? null : byTopic.get(topic);
        Instant end = own == null ? until : own;
        return end != null && !created.isAfter(end);
    }

    /** What was created until then is always covered; empty when some are kept for ever. */
    public Optional<Instant> earliest() {
        return until == null
                ? Optional.empty()
                : Stream.concat(Stream.of(until), byTopic.values().stream()).min(Instant::compareTo);
    }

    /** What was created later is never covered; empty when nothing is. */
    public Optional<Instant> latest() {
        return Stream.concat(Optional.ofNullable(until).stream(), byTopic.values().stream())
                .max(Instant::compareTo);
    }
}
