package dev.belfry.notifications.storage;

import java.time.Duration;
import java.time.Instant;

/**
 * Identifies a request: a request with the same key is a repetition, and gets the same response.
 *
 * @param caller owner of the key; equal keys of two callers are different keys
 * @param key as the caller chose it
 * @param fingerprint hash of the request
 * @param response to the request, and to its repetitions
 * @param created when the request arrived
 * @since 0.1
 */
public record IdempotencyKey(String caller, String key, String fingerprint, String response, Instant created) {

    /** How long a key is stored. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    /** Keys created until then have expired. */
    public Instant expiredUntil() {
        return created.minus(LIFETIME);
    }
}
