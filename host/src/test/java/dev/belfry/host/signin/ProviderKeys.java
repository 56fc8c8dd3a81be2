package dev.belfry.host.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import no.nav.security.mock.oauth2.token.KeyProvider;
import org.jspecify.annotations.Nullable;

/** The key with which a provider signs, which it can replace. */
final class ProviderKeys extends KeyProvider {

    private static final int BITS = 2048;

    private final AtomicInteger number = new AtomicInteger();
    private volatile RSAKey current = generated();

    private RSAKey generated() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID("key-" + number.incrementAndGet())
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on, another key signs, and the old one is not published anymore. */
    void rotate() {
        current = generated();
    }

    @Override
    public JWK signingKey(String issuerId) {
        return current;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(new JWKSet(current));
    }
}
