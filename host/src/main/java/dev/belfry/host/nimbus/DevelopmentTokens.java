package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.TokenMint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Issues tokens that are signed with the data directory's key. */
final class DevelopmentTokens implements TokenMint {

    static final String ISSUER = "belfry-development";
    static final String AUDIENCE = "belfry";
    static final String SERVICE_PREFIX = "service:";
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;

    private final byte[] key;
    private final Clock clock;

    DevelopmentTokens(byte[] key, Clock clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    @Override
    public String forUser(EntityRef user, Duration lifetime) {
        if (!user.kind().equals(EntityRef.USER)) {
            throw new IllegalArgumentException("'" + user + "' is not a user");
        }
        return signed(user.toString(), List.of(user.toString()), lifetime);
    }

    @Override
    public String forService(String name, Duration lifetime) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the service's name must not be blank");
        }
        return signed(SERVICE_PREFIX + name, List.of(), lifetime);
    }

    private String signed(String subject, List<String> ownership, Duration lifetime) {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("the lifetime must be positive, not " + lifetime);
        }
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)));
        if (!ownership.isEmpty()) {
            claims.claim("ent", ownership);
        }
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(ALGORITHM).type(JOSEObjectType.JWT).build(), claims.build());
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of 32 bytes signs HS256", e);
        }
        return token.serialize();
    }
}
