package dev.belfry.notifications.storage;

import java.time.Instant;
import java.util.UUID;

/**
 * The id of a notification: a UUIDv7 (RFC 9562, section 5.7), whose first 48 bits are the time of creation. Ids sort as their
 * text does, by time first.
 *
 * @since 0.1
 */
public record NotificationId(UUID value) implements Comparable<NotificationId> {

    private static final int VERSION = 7;
    private static final int VARIANT = 2;
    private static final int BITS_BELOW_TIME = 16;

    public NotificationId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a UUID of version 7");
        }
    }

    /** Returns true if a notification can have this id. */
    public static boolean isValid(UUID value) {
        return value.version() == VERSION && value.variant() == VARIANT;
    }

    /** When the notification was created, in whole milliseconds. */
    public Instant created() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> BITS_BELOW_TIME);
    }

    /** Compares the bits as unsigned numbers; {@link UUID#compareTo} compares them as signed. */
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
