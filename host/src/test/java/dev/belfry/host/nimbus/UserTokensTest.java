package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User tokens, signed by an issuer whose keys are at a URL. */
class UserTokensTest extends IdentityFixture {

    private static final EntityRef ADA = EntityRef.user("default", "ada");

    private JwtIdentity identity;

    @BeforeEach
    void believe() {
        identity = believingIssuer();
    }

    private Date in(Duration time) {
        return Date.from(clock.instant().plus(time));
    }

    private JWTClaimsSet.Builder ada() {
        return issuer.claims("user:default/ada");
    }

    @Test
    void aTokenIdentifiesItsUserAndOwnership() throws Exception {
        String token = issuer.token(ada().claim("ent", List.of("user:default/ada", "group:default/platform"))
                .build());

        assertThat(caller(identity, token))
                .isEqualTo(Caller.user(ADA, Set.of(ADA, EntityRef.group("default", "platform"))));
    }

    @Test
    void userNamesAreCaseInsensitive() throws Exception {
        assertThat(caller(identity, issuer.token("user:Default/Ada"))).isEqualTo(Caller.user(ADA));
    }

    @Test
    void invalidOwnershipReferencesAreIgnored() throws Exception {
        String token = issuer.token(ada().claim("ent", List.of("group:default/Team with blanks!", "no-kind"))
                .build());

        assertThat(caller(identity, token)).isEqualTo(Caller.user(ADA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt", "vnd.backstage.user"})
    void tokenTypesOfBackstageAreAccepted(String type) throws Exception {
        String token =
                issuer.signed(issuer.header().type(new JOSEObjectType(type)).build(), ada().build());

        assertThat(caller(identity, token).subject()).isEqualTo("user:default/ada");
    }

    /** Backstage's cookies contain such tokens, which are valid only for static files. */
    @Test
    void aLimitedUserTokenIsRejected() {
        JWSHeader header = issuer.header()
                .type(new JOSEObjectType("vnd.backstage.limited-user"))
                .build();

        assertThat(refusal(identity, issuer.signed(header, ada().build()))).contains("typ");
    }

    @Test
    void anUnsignedTokenIsRejected() {
        assertThat(refusal(identity, new PlainJWT(ada().build()).serialize())).contains("not a signed JSON web token");
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsRejected() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID(issuer.key().getKeyID())
                .build();
        for (byte[] secret : List.of(
                issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                issuer.key().toECPublicKey().getEncoded())) {
            SignedJWT token = new SignedJWT(header, ada().build());
            token.sign(new MACSigner(secret));

            assertThat(refusal(identity, token.serialize())).contains("algorithm");
        }
    }

    @Test
    void anAlgorithmThatTheIssuerDoesNotUseIsRejected() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("rsa").generate();
        issuer.publish(key.toPublicJWK());
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("rsa").build(), ada().build());
        token.sign(new RSASSASigner(key));

        assertThat(refusal(identity, token.serialize())).contains("algorithm");
    }

    @Test
    void aTokenWithoutExpiryIsRejected() {
        assertThat(refusal(identity, issuer.token(ada().expirationTime(null).build())))
                .contains("exp");
    }

    @Test
    void aTokenOfAnotherIssuerIsRejected() {
        assertThat(refusal(
                        identity,
                        issuer.token(ada().issuer("https://evil.example").build())))
                .isEqualTo("the token's issuer is not trusted here");
        assertThat(refusal(identity, issuer.token(ada().issuer(null).build())))
                .isEqualTo("the token's issuer is not trusted here");
    }

    @Test
    void aTokenForAnotherAudienceIsRejected() {
        assertThat(refusal(identity, issuer.token(ada().audience("bank").build())))
                .contains("aud");
        assertThat(refusal(identity, issuer.token(ada().audience((String) null).build())))
                .contains("aud");
    }

    @Test
    void anExpiredTokenIsRejected() {
        assertThat(refusal(
                        identity,
                        issuer.token(ada().expirationTime(in(Duration.ofSeconds(-61)))
                                .build())))
                .contains("Expired");
    }

    @Test
    void aTokenThatIsNotYetValidIsRejected() {
        assertThat(refusal(
                        identity,
                        issuer.token(
                                ada().notBeforeTime(in(Duration.ofSeconds(61))).build())))
                .contains("before use time");
    }

    @Test
    void aMinuteOfClockSkewIsAccepted() throws Exception {
        String late =
                issuer.token(ada().expirationTime(in(Duration.ofSeconds(-59))).build());
        String early =
                issuer.token(ada().notBeforeTime(in(Duration.ofSeconds(59))).build());

        assertThat(caller(identity, late).subject()).isEqualTo("user:default/ada");
        assertThat(caller(identity, early).subject()).isEqualTo("user:default/ada");
    }

    @Test
    void aVerifiedTokenIsRejectedOnceItHasExpired() throws Exception {
        String token = issuer.token("user:default/ada");
        caller(identity, token);

        clock.move(Duration.ofMinutes(62));

        assertThat(refusal(identity, token)).contains("Expired");
    }

    @Test
    void anUnknownKeyIsRejected() {
        issuer.newKey();

        assertThat(refusal(identity, issuer.token("user:default/ada"))).contains("no matching key");
    }

    @Test
    void aSignatureByAnotherKeyWithTheSameIdIsRejected() throws Exception {
        String kid = issuer.key().getKeyID();
        issuer.newKey();

        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build();

        assertThat(refusal(identity, issuer.signed(header, ada().build()))).contains("Invalid signature");
    }

    @Test
    void anUnsupportedCriticalHeaderIsRejected() {
        JWSHeader header = issuer.header()
                .criticalParams(Set.of("x-unknown"))
                .customParam("x-unknown", "1")
                .build();

        assertThat(refusal(identity, issuer.signed(header, ada().build()))).isNotBlank();
    }

    /** The token may contain a key for its own verification. */
    @Test
    void aKeyWithinTheTokenIsNotTrusted() {
        var own = issuer.newKey();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(own.getKeyID())
                .jwk(own.toPublicJWK())
                .jwkURL(issuer.address())
                .build();

        assertThat(refusal(identity, issuer.signed(header, ada().build()))).contains("no matching key");
    }

    @Test
    void anOversizedTokenIsRejected() {
        String token = issuer.token(
                ada().claim("padding", "x".repeat(JwtIdentity.MAX_LENGTH)).build());

        assertThat(refusal(identity, token)).isEqualTo("the token is longer than 16384 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "a.b.c",
                "...",
                "eyJhbGciOiJFUzI1NiJ9..",
                "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.",
                "eyJhbGciOiJFUzI1NiJ9.W10.AAAA",
                "\u0000\u0001\u0002",
                "{\"alg\":\"none\"}",
                "eyJlbmMiOiJBMTI4R0NNIiwiYWxnIjoiZGlyIn0..x.y.z"
            })
    void garbageIsRejected(String token) {
        refusal(identity, token);
    }

    /** A valid token with any modification is rejected without an internal error. */
    @Test
    void aTokenWithAnyCharacterChangedIsRejected() {
        String token = issuer.token("user:default/ada");
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'Q' : 'A';

            refusal(identity, token.substring(0, i) + other + token.substring(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "default/ada",
                "group:default/platform",
                "plugin:search",
                "user:a/b/c",
                "",
                "user:default/ä"
            })
    void aSubjectThatIsNotAUserIsRejected(String subject) {
        assertThat(refusal(identity, issuer.token(subject))).containsAnyOf("subject", "sub");
    }

    @Test
    void anOwnershipThatIsNotAnArrayIsRejected() {
        assertThat(refusal(identity, issuer.token(ada().claim("ent", 7).build())))
                .contains("ent");
    }

    @Test
    void aRequestWithoutATokenHasNoCredentials() throws Exception {
        assertThat(identity.identify(new Bearer(""))).isEmpty();
    }
}
