package dev.belfry.notifications.storage;

import java.time.Duration;
import java.time.Instant;

/**
 * A sender's word that two requests with the same key are one and the same.
 *
 * @param caller whose key it is: the same key of two callers is two
 * @param key as the caller chose it
 * @param fingerprint of what was sent: the same for the same content
 * @param answer what the sender was told, to be told again
 * @param made when the request came
 * @since 0.1
 */
public record IdempotencyKey(String caller, String key, String fingerprint, String answer, Instant made) {

    /** How long a key stands for its request. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    /** What was claimed until then no longer counts. */
    public Instant cutoff() {
        return made.minus(LIFETIME);
    }
}
