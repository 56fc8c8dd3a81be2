package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.SessionTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

/** Issues tokens for signed-in users, signed with the keys of the host's database. */
final class HostTokens implements SessionTokens {

    static final String AUDIENCE = "belfry";
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

    private final String issuer;
    private final HostKeys keys;
    private final Clock clock;

    HostTokens(String issuer, HostKeys keys, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    String issuer() {
        return issuer;
    }

    HostKeys keys() {
        return keys;
    }

    @Override
    public String forUser(EntityRef user, Set<EntityRef> ownership) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(user.toString())
                .claim("ent", ownership.stream().map(EntityRef::toString).toList())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        ECKey key = keys.signing();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(ALGORITHM)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key on P-256 signs ES256", e);
        }
        return token.serialize();
    }

    @Override
    public String jwks() {
        return keys.published().toString();
    }
}
