package dev.belfry.host.nimbus;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of one party, which may change. */
interface IssuerKeys extends JWKSource<SecurityContext> {

    /** How far a search for a key may go. */
    enum Lookup implements SecurityContext {
        /** Only keys that are there; {@link KeyNotCached} where the issuer would have to be asked. */
        KNOWN_KEYS,
        /** The issuer is asked where the key is not known. */
        ASK_ISSUER
    }

    /** Another number whenever the keys have changed: what was proven with the old ones is to be proven again. */
    long version();

    /** Whether a token that keys of this version have proven still counts as proven. */
    default boolean holds(long version) {
        return version() == version;
    }

    /** A secret that both sides have. */
    static IssuerKeys shared(byte[] secret) {
        // RFC 2104 fills a short key up with zeros, so these are the same signatures; Nimbus asks for 32 bytes.
        ImmutableSecret<SecurityContext> keys =
                new ImmutableSecret<>(Arrays.copyOf(secret, Math.max(secret.length, TokenIssuers.HS256_BYTES)));
        return new IssuerKeys() {
            @Override
            public long version() {
                return 0;
            }

            @Override
            public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
                return keys.get(selector, context);
            }
        };
    }
}
