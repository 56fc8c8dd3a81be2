package dev.belfry.notifications.jooq;

import dev.belfry.notifications.storage.NotificationId;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification's position: one number that sorts as (created, id), and by which its row is found. It holds the time in
 * milliseconds and the 21 bits of the UUIDv7 that follow it, which suffices until May of 2109.
 */
final class SortKeys {

    private static final int BITS = 21;
    private static final long MILLIS_LIMIT = 1L << (Long.SIZE - 1 - BITS);
    private static final long ALL_BITS = (1L << BITS) - 1;

    /** Bits of a UUIDv7 between its version and its variant (RFC 9562, section 5.7), and how many are needed of the rest. */
    private static final int BITS_BEFORE_VARIANT = 12;

    private static final int BITS_BEHIND_VARIANT = BITS - BITS_BEFORE_VARIANT;
    private static final int VARIANT_BITS = 2;

    private SortKeys() {}

    /** Whether there is a position for the id: there is none for a time that is too far off. */
    static boolean exists(NotificationId id) {
        return id.created().toEpochMilli() < MILLIS_LIMIT;
    }

    static long of(NotificationId id) {
        if (!exists(id)) {
            throw new IllegalArgumentException("a notification of " + id.created() + " cannot be stored");
        }
        UUID uuid = id.value();
        long before = uuid.getMostSignificantBits() & (1L << BITS_BEFORE_VARIANT) - 1;
        long behind = uuid.getLeastSignificantBits() << VARIANT_BITS >>> Long.SIZE - BITS_BEHIND_VARIANT;
        return id.created().toEpochMilli() << BITS | before << BITS_BEHIND_VARIANT | behind;
    }

    /** To the millisecond. */
    static Instant createdOf(long position) {
        return Instant.ofEpochMilli(position >>> BITS);
    }

    /** The last position that a notification of this instant, or of one before it, can have. */
    static long lastUntil(Instant instant) {
        if (instant.isBefore(Instant.EPOCH)) {
            return -1;
        }
        if (!instant.isBefore(Instant.ofEpochMilli(MILLIS_LIMIT))) {
            return Long.MAX_VALUE;
        }
        return instant.toEpochMilli() << BITS | ALL_BITS;
    }
}
