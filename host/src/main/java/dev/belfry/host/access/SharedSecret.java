package dev.belfry.host.access;

/**
 * A secret by which callers prove themselves to one plugin.
 *
 * @param header where it is sent
 * @param subject how such callers are named
 */
public record SharedSecret(String header, String secret, String subject) {

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
