package dev.belfry.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One notification of the data set.
 *
 * @param number of its own; everything random about it is made of this
 * @param user whom it names, as {@code namespace/name}; null when it is for a group or for everyone
 * @param group which group it is for
 * @param read whether the user who is named has read it
 */
record Row(
        long number,
        Instant created,
        @Nullable String user,
        @Nullable String group,
        boolean read) {

    private static final int BITS_OF_TIME = 21;

    String origin() {
        return "origin-" + number % 20;
    }

    String title() {
        return "Title number " + number;
    }

    String message() {
        String text = "lorem ipsum dolor ".repeat(6) + number;
        if (DataSet.hasShort(number)) {
            return text + " " + DataSet.SHORT;
        }
        return number % DataSet.ONE_IN_A_HUNDRED == 0 ? text + " " + DataSet.SELDOM : text;
    }

    String topic() {
        return "topic-" + number % 100;
    }

    /** A UUIDv7 (RFC 9562, section 5.7) of the time and the number. */
    UUID id() {
        UUID random = randomId();
        long time = created.toEpochMilli() << 16;
        return new UUID(
                time | 0x7000 | random.getMostSignificantBits() & 0xFFF,
                random.getLeastSignificantBits() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L);
    }

    /** A UUID of the number alone. */
    UUID randomId() {
        try {
            byte[] hash = MessageDigest.getInstance("MD5")
                    .digest(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return new UUID(longAt(hash, 0), longAt(hash, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    private static long longAt(byte[] bytes, int from) {
        return java.nio.ByteBuffer.wrap(bytes).getLong(from);
    }

    /** The key of Belfry's table: the time in milliseconds, and the 21 random bits of the id that follow it. */
    long position() {
        UUID id = id();
        long behindVersion = id.getMostSignificantBits() & 0xFFF;
        long behindVariant = id.getLeastSignificantBits() << 2 >>> 55;
        return created.toEpochMilli() << BITS_OF_TIME | behindVersion << 9 | behindVariant;
    }
}
