package dev.belfry.notifications.storage;

import java.time.Instant;
import java.util.UUID;

/**
 * The name of a notification: a UUIDv7 (RFC 9562, section 5.7), whose first 48 bits are the time of its creation. Ids sort
 * as their text does, so by time first.
 *
 * @since 0.1
 */
public record NotificationId(UUID value) implements Comparable<NotificationId> {

    private static final int VERSION = 7;
    private static final int VARIANT = 2;
    private static final int BITS_BELOW_TIME = 16;

    public NotificationId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("'" + value + "' is no UUID of version 7");
        }
    }

    /** Whether a notification can have this id. */
    public static boolean isOne(UUID value) {
        return value.version() == VERSION && value.variant() == VARIANT;
    }

    /** When the notification was created, in whole milliseconds. */
    public Instant created() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> BITS_BELOW_TIME);
    }

    /** By the bits as unsigned numbers: {@link UUID#compareTo} takes them as signed. */
    @Override
    public int compareTo(NotificationId other) {
        int first = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return first != 0
                ? first
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
