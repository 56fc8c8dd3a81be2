package dev.belfry.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A confidential value, such as a password or a key. Use it for a component of a configuration record: the host binds a string to
 * it, and neither {@link #toString} nor the record's reveals the value.
 */
public final class Secret {

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param text may be empty */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param bytes are copied */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** The value in UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A copy of the value. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Compares in a time that does not depend on the position of the first difference. */
    public boolean matches(String given) {
        return MessageDigest.isEqual(bytes, given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Does not contain the value. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
