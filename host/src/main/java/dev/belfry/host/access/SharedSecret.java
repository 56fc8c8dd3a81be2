package dev.belfry.host.access;

import dev.belfry.api.Secret;

/**
 * A secret that authenticates callers of one plugin.
 *
 * @param header the header that carries it
 * @param subject the subject of such callers
 */
public record SharedSecret(String header, Secret secret, String subject) {

    /** A shorter secret may be guessed. */
    public static final int GOOD_LENGTH = 16;

    public SharedSecret {
        if (secret.text().isBlank()) {
            throw new IllegalArgumentException("the secret for the header '" + header + "' must not be blank");
        }
    }
}
