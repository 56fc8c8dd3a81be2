package dev.belfry.notifications.jooq.row;

import dev.belfry.notifications.storage.NotificationId;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification's position: the primary key of its row, a number that sorts as (created, id). It consists of the time in
 * milliseconds and the 21 bits that follow it in the UUIDv7. It overflows in May 2109.
 */
public final class SortKeys {

    private static final int BITS = 21;
    private static final long MILLIS_LIMIT = 1L << (Long.SIZE - 1 - BITS);
    private static final long ALL_BITS = (1L << BITS) - 1;

    /** Bits of a UUIDv7 between its version and its variant (RFC 9562, section 5.7), and how many are taken from the rest. */
    private static final int BITS_BEFORE_VARIANT = 12;

    private static final int BITS_BEHIND_VARIANT = BITS - BITS_BEFORE_VARIANT;
    private static final int VARIANT_BITS = 2;

    private SortKeys() {}

    /** Returns false if the id is of a time after 2109. */
    public static boolean exists(NotificationId id) {
        return id.created().toEpochMilli() < MILLIS_LIMIT;
    }

    public static long of(NotificationId id) {
        if (!exists(id)) {
            throw new IllegalArgumentException("a notification of " + id.created() + " cannot be stored");
        }
        UUID uuid = id.value();
        long before = uuid.getMostSignificantBits() & (1L << BITS_BEFORE_VARIANT) - 1;
        long behind = uuid.getLeastSignificantBits() << VARIANT_BITS >>> Long.SIZE - BITS_BEHIND_VARIANT;
        return id.created().toEpochMilli() << BITS | before << BITS_BEHIND_VARIANT | behind;
    }

    /** When the notification was created, in whole milliseconds. */
    public static Instant createdOf(long position) {
        return Instant.ofEpochMilli(position >>> BITS);
    }

    /** The last position that a notification created until then can have. */
    public static long lastUntil(Instant instant) {
        if (instant.isBefore(Instant.EPOCH)) {
            return -1;
        }
        if (!instant.isBefore(Instant.ofEpochMilli(MILLIS_LIMIT))) {
            return Long.MAX_VALUE;
        }
        return instant.toEpochMilli() << BITS | ALL_BITS;
    }
}
