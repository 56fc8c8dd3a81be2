package dev.belfry.notifications.storage;

import java.time.Instant;

/**
 * Port: deletes data that is no longer needed. All methods are thread-safe.
 *
 * @since 0.2
 */
public interface Retention {

    /**
     * Deletes expired notifications, in several transactions. Does nothing while another host does so. Notifications that
     * someone is marking are left for the next call.
     *
     * @return how many this call has deleted
     */
    long purge(RetentionCutoff cutoff);

    /** Deletes idempotency keys created until then. */
    void deleteIdempotencyKeys(Instant until);
}
