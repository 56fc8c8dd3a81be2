package dev.belfry.host.pf4j;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of content. */
final class Digests {

    private Digests() {}

    static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
