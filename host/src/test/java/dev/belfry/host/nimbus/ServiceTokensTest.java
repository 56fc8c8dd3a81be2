package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.belfry.api.Secret;
import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.Caller;
import dev.belfry.host.config.KeyPlace;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.settings.AccessRestrictionKeys;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that are not users: other services, and external callers. */
class ServiceTokensTest extends IdentityFixture {

    /** 24 bytes, as Backstage recommends. */
    private static final byte[] KEY = "123456789012345678901234".getBytes(StandardCharsets.UTF_8);

    private static final byte[] OTHER = "another key, that is longer than 32 bytes".getBytes(StandardCharsets.UTF_8);
    private static final List<AccessRestriction> LIMITS =
            List.of(new AccessRestriction("notifications", Set.of("notifications.create"), Set.of()));
    private static final List<AccessRestrictionKeys> WRITTEN = List.of(new AccessRestrictionKeys(
            "notifications",
            Set.of("notifications.create"),
            Set.of(),
            new KeyPlace(new SourceLocation("app.yaml", 1, Path.of("")), "")));

    private JwtIdentity withKeys(byte[]... keys) {
        List<Secret> secrets = java.util.Arrays.stream(keys).map(Secret::of).toList();
        return identity(List.of(), secrets, List.of(), false);
    }

    private JwtIdentity withExternal(ExternalAccess... external) {
        return identity(List.of(), List.of(), List.of(external), false);
    }

    private JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .subject(subject)
                .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1))));
    }

    /** Signed with the JDK alone: HMAC accepts keys of any length. */
    private static String signed(byte[] key, JWTClaimsSet claims) throws Exception {
        String header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).build().toBase64URL().toString();
        String text = header + "." + claims.toPayload().toBase64URL();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return text + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backstage-server", "plugin:search", "external:ci"})
    void aServiceWithASharedKeyIsIdentified(String subject) throws Exception {
        assertThat(caller(withKeys(OTHER, KEY), signed(KEY, claims(subject).build())))
                .isEqualTo(Caller.service(subject));
    }

    @Test
    void anotherKeyIsRejected() throws Exception {
        assertThat(refusal(
                        withKeys(KEY), signed(OTHER, claims("backstage-server").build())))
                .contains("Invalid signature");
    }

    @Test
    void aServiceKeyCannotIssueUserTokens() throws Exception {
        assertThat(refusal(withKeys(KEY), signed(KEY, claims("user:default/ada").build())))
                .contains("not a service");
        assertThat(refusal(withKeys(KEY), signed(KEY, claims("USER:default/ada").build())))
                .contains("not a service");
    }

    @Test
    void aServiceTokenNeedsAnExpiry() throws Exception {
        assertThat(refusal(
                        withKeys(KEY),
                        signed(
                                KEY,
                                claims("backstage-server").expirationTime(null).build())))
                .contains("exp");
        assertThat(refusal(
                        withKeys(KEY),
                        signed(
                                KEY,
                                claims("backstage-server")
                                        .expirationTime(
                                                Date.from(clock.instant().minusSeconds(61)))
                                        .build())))
                .contains("Expired");
    }

    @Test
    void aServiceTokenNeedsASubject() throws Exception {
        assertThat(refusal(withKeys(KEY), signed(KEY, claims("").build()))).contains("sub");
    }

    @Test
    void withoutKeysNoServiceTokenIsAccepted() throws Exception {
        assertThat(refusal(withKeys(), signed(KEY, claims("backstage-server").build())))
                .contains("not trusted");
    }

    @Test
    void aStaticTokenIdentifiesItsCallerWithItsRestrictions() throws Exception {
        JwtIdentity identity = withExternal(
                new ExternalAccess.StaticToken(Secret.of("the-first-token"), "first", List.of()),
                new ExternalAccess.StaticToken(Secret.of("the-second-token"), "second", WRITTEN));

        assertThat(caller(identity, "the-first-token")).isEqualTo(Caller.service("external:first"));
        assertThat(caller(identity, "the-second-token")).isEqualTo(Caller.service("external:second", LIMITS));
        refusal(identity, "the-second-token!");
        refusal(identity, "the-second-toke");
    }

    @Test
    void aLegacySecretIdentifiesItsCallerWithItsRestrictions() throws Exception {
        JwtIdentity identity = withExternal(new ExternalAccess.Legacy(Secret.of(KEY), "old", WRITTEN));

        assertThat(caller(identity, signed(KEY, claims("backstage-server").build())))
                .isEqualTo(Caller.service("external:old", LIMITS));
        refusal(identity, signed(OTHER, claims("backstage-server").build()));
    }

    @Test
    void aTokenOfAnExternalIssuerIsNeverAUser() throws Exception {
        JwtIdentity identity = withExternal(new ExternalAccess.Jwks(
                issuer.address(),
                List.of(TestIssuer.NAME),
                List.of(TestIssuer.AUDIENCE),
                List.of("ES256"),
                Optional.of("ci"),
                WRITTEN));

        assertThat(caller(identity, issuer.token("user:default/ada")))
                .isEqualTo(Caller.service("external:ci:user:default/ada", LIMITS));
        assertThat(refusal(
                        identity,
                        issuer.token(issuer.claims("robot")
                                .issuer("https://evil.example")
                                .build())))
                .contains("not trusted");
        assertThat(refusal(
                        identity,
                        issuer.token(issuer.claims("robot").audience("bank").build())))
                .contains("aud");
    }

    @Test
    void withoutConfiguredIssuersAnyIssuerWithTheseKeysIsAccepted() throws Exception {
        JwtIdentity identity = withExternal(new ExternalAccess.Jwks(
                issuer.address(), List.of(), List.of(), List.of("ES256"), Optional.empty(), List.of()));

        assertThat(caller(identity, issuer.token("robot"))).isEqualTo(Caller.service("external:robot"));
    }

    @Test
    void aPublishedSecretSignsNothing() throws Exception {
        issuer.publish(new OctetSequenceKey.Builder(OTHER).keyID("oct").build());
        JwtIdentity identity = believingIssuer();

        assertThat(refusal(
                        identity,
                        signed(OTHER, issuer.claims("user:default/ada").build())))
                .contains("algorithm");
    }
}
