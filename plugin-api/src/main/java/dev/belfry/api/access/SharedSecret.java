package dev.belfry.api.access;

import dev.belfry.api.Secret;

/**
 * A secret that all callers of a plugin know, as an alternative to tokens.
 *
 * @param header name of the header that carries it; case-insensitive
 * @param secret not blank; compared in constant time
 * @param subject of callers that send it: they act as a {@link Caller.Service} with this subject, also in logs
 * @since 0.2
 */
public record SharedSecret(String header, Secret secret, String subject) implements HeaderCredentials {

    private static final int LONG_ENOUGH = 16;

    public SharedSecret {
        if (secret.text().isBlank()) {
            throw new IllegalArgumentException("the secret for the header '" + header + "' must not be blank");
        }
    }

    @Override
    public Caller identify(String value) throws AuthenticationFailed {
        if (!secret.matches(value)) {
            throw new AuthenticationFailed("the header '" + header + "' does not have the right secret");
        }
        return Caller.service(subject);
    }

    /**
     * Whether a secret has fewer than 16 characters, so that it may be guessed. A configuration record reports this in its
     * {@linkplain dev.belfry.api.ConfigurationWarnings#warnings() warnings}; the host accepts such a secret.
     */
    public static boolean isShort(Secret secret) {
        return secret.text().length() < LONG_ENOUGH;
    }
}
