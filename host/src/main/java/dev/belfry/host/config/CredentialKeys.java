package dev.belfry.host.config;

import dev.belfry.host.config.AuthSettings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What sections about credentials have in common: secrets, algorithms, and addresses of keys. */
final class CredentialKeys {

    private static final List<String> DEFAULT_ALGORITHMS = List.of("ES256", "RS256");
    private static final Set<String> ASYMMETRIC =
            Set.of("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    /** The family recommends 24 bytes, so RFC 7518's 32 for HS256 (section 3.2) cannot be asked of its keys. */
    private static final int MIN_SECRET_BYTES = 16;

    private CredentialKeys() {}

    /** Base64 in either alphabet, as the family's own reader takes it. */
    static Optional<Secret> secret(Section section) {
        return section.required("secret").flatMap(text -> secret(section, text));
    }

    private static Optional<Secret> secret(Section section, String text) {
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(text.replaceAll("\\s", "").replace('-', '+').replace('_', '/'));
            if (bytes.length >= MIN_SECRET_BYTES) {
                return Optional.of(new Secret(bytes));
            }
            section.problem("secret", "must hold at least " + MIN_SECRET_BYTES + " bytes, not " + bytes.length);
        } catch (IllegalArgumentException e) {
            section.problem("secret", "must be base64");
        }
        return Optional.empty();
    }

    static List<String> algorithms(Section section, String key) {
        List<String> algorithms = section.words(key);
        // HS256 and its like are not among them: with a key that is published anybody could sign.
        algorithms.stream()
                .filter(name -> !ASYMMETRIC.contains(name))
                .forEach(name -> section.problem(
                        key, "'" + name + "' is none of " + String.join(", ", new TreeSet<>(ASYMMETRIC))));
        return algorithms.isEmpty() ? DEFAULT_ALGORITHMS : algorithms;
    }

    static Optional<URI> address(Section section, String key, String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // The rule is the same.
        }
        section.problem(key, "must be an address of http or https, not '" + text + "'");
        return Optional.empty();
    }
}
