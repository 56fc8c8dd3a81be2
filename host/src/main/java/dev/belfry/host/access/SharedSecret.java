package dev.belfry.host.access;

/**
 * A secret that authenticates callers of one plugin.
 *
 * @param header the header that carries it
 * @param subject the subject of such callers
 */
public record SharedSecret(String header, String secret, String subject) {

    /** A shorter secret may be guessed. */
    public static final int GOOD_LENGTH = 16;

    public SharedSecret {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the secret for the header '" + header + "' must not be blank");
        }
    }

    @Override
    public String toString() {
        return "shared secret in " + header;
    }
}
