package dev.belfry.host.nimbus;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of one token issuer. They may change. */
interface IssuerKeys extends JWKSource<SecurityContext> {

    /** How far a key lookup may go. */
    enum Lookup implements SecurityContext {
        /** Cached keys only; {@link KeyNotCached} when the issuer would have to be asked. */
        KNOWN_KEYS,
        /** Asks the issuer when the key is not cached. */
        ASK_ISSUER
    }

    /** Changes whenever the keys change: tokens that were verified with the old keys must be verified again. */
    long version();

    /** Whether a token that was verified with keys of this version still counts as verified. */
    default boolean holds(long version) {
        return version() == version;
    }

    /** A shared secret (HMAC). */
    static IssuerKeys shared(byte[] secret) {
        // RFC 2104 pads a short key with zeros, so the signatures are the same; Nimbus requires 32 bytes.
        ImmutableSecret<SecurityContext> keys =
                new ImmutableSecret<>(Arrays.copyOf(secret, Math.max(secret.length, TokenIssuerFactory.HS256_BYTES)));
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
