package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A signature algorithm of RFC 7518. */
record AlgorithmName(String get) implements Supplier<String> {

    static final String DEFAULTS = "ES256, RS256";

    /** No HMAC: with a published key, anybody could sign. */
    private static final Pattern ASYMMETRIC = Pattern.compile("(ES|RS|PS)(256|384|512)");

    @FromText("one of ES256, ES384, ES512, PS256, PS384, PS512, RS256, RS384, RS512")
    static AlgorithmName parse(String name) {
        if (!ASYMMETRIC.matcher(name).matches()) {
            throw new IllegalArgumentException("not an asymmetric algorithm");
        }
        return new AlgorithmName(name);
    }
}
