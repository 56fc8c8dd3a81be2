package dev.belfry.host.config;

import dev.belfry.api.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Common parts of the credential sections: secrets, algorithms and key URLs. */
final class CredentialKeys {

    private static final List<String> DEFAULT_ALGORITHMS = List.of("ES256", "RS256");
    private static final Set<String> ASYMMETRIC =
            Set.of("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    /** Backstage recommends 24 bytes, so the 32 of RFC 7518, section 3.2 cannot be required. */
    private static final int MIN_SECRET_BYTES = 16;

    private CredentialKeys() {}

    /** Base64 in either alphabet, as Backstage accepts it. */
    static Optional<Secret> secret(Section section) {
        return section.required("secret").flatMap(text -> secret(section, text));
    }

    private static Optional<Secret> secret(Section section, String text) {
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(text.replaceAll("\\s", "").replace('-', '+').replace('_', '/'));
            if (bytes.length >= MIN_SECRET_BYTES) {
                return Optional.of(Secret.of(bytes));
            }
            section.problem("secret", "must hold at least " + MIN_SECRET_BYTES + " bytes, not " + bytes.length);
        } catch (IllegalArgumentException e) {
            section.problem("secret", "must be base64");
        }
        return Optional.empty();
    }

    static List<String> algorithms(Section section, String key) {
        List<String> algorithms = section.words(key);
        // No HMAC: with a published key, anybody could sign.
        algorithms.stream()
                .filter(name -> !ASYMMETRIC.contains(name))
                .forEach(name -> section.problem(
                        key, "'" + name + "' is not one of " + String.join(", ", new TreeSet<>(ASYMMETRIC))));
        return algorithms.isEmpty() ? DEFAULT_ALGORITHMS : algorithms;
    }

    static Optional<URI> address(Section section, String key, String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // Reported below, like a wrong scheme.
        }
        section.problem(key, "must be an http or https URL, not '" + text + "'");
        return Optional.empty();
    }
}
