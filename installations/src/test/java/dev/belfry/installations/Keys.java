package dev.belfry.installations;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;

/** Signs tokens as an identity provider or another service would. */
final class Keys {

    private static final ECKey KEY = make();
    private static final int LIFETIME = 600;

    /** Nimbus refuses shorter keys, and Backstage's may be shorter. HMAC pads a key with zeros anyway. */
    private static final int HMAC_BYTES = 32;

    private Keys() {}

    private static ECKey make() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("signer").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String keySet() {
        return new JWKSet(KEY.toPublicJWK()).toString();
    }

    static String issued(CallerToken.Issued token) {
        try {
            return sign(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()),
                    claims(token.user()).issuer(token.issuer()).audience(token.audience()),
                    new ECDSASigner(KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(CallerToken.Signed token) {
        byte[] secret = Base64.getDecoder().decode(token.secret());
        try {
            return sign(
                    new JWSHeader.Builder(JWSAlgorithm.HS256),
                    claims(token.subject()),
                    new MACSigner(Arrays.copyOf(secret, Math.max(HMAC_BYTES, secret.length))));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims(String subject) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(LIFETIME)));
    }

    private static String sign(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWSSigner signer)
            throws JOSEException {
        SignedJWT token = new SignedJWT(header.build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }
}
