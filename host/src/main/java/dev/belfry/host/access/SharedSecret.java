package dev.belfry.host.access;

/**
 * A secret by which callers prove themselves to one plugin.
 *
 * @param header where it is sent
 * @param subject how such callers are named
 */
public record SharedSecret(String header, String secret, String subject) {

    /** A shorter one may be guessed, by a client that is patient. */
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
