package dev.belfry.host.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash functions that every Java platform has. */
public final class Digests {

    private Digests() {}

    public static MessageDigest sha256() {
        return of("SHA-256");
    }

    public static MessageDigest sha512() {
        return of("SHA-512");
    }

    /** @param algorithm of the SHA-2 family, such as {@code SHA-384} */
    public static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }
}
