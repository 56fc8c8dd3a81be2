package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.ConfigurationException;
import dev.belfry.host.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7517, section 5: an invalid entry of a key set affects only tokens of its own key. */
class JwkSetReaderTest extends IdentityFixture {

    private static final String OFF_THE_CURVE = "{\"kty\": \"EC\", \"crv\": \"P-256\", \"kid\": \"odd\","
            + " \"x\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\", \"y\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"}";

    private String with(String entry) {
        return issuer.published().replaceFirst("\\[", "[" + java.util.regex.Matcher.quoteReplacement(entry) + ", ");
    }

    private static RSAKey rsa(int bits) throws Exception {
        return new RSAKeyGenerator(bits, true).keyID("rsa-" + bits).generate();
    }

    private String signed(RSAKey key) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                issuer.claims("user:default/ada").build());
        RSASSASigner signer = new RSASSASigner(key.toPrivateKey(), true);
        token.sign(signer);
        return token.serialize();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "7",
                "\"a string\"",
                "[]",
                "{\"kty\": null}",
                "{\"kty\": \"XX\", \"kid\": \"new\"}",
                "{\"kty\": \"EC\", \"kid\": 7}",
                "{\"kty\": \"EC\", \"crv\": \"P-256\", \"kid\": \"a\"}",
                "{\"kty\": \"EC\", \"crv\": \"P-257\", \"x\": \"AA\", \"y\": \"AA\"}",
                OFF_THE_CURVE,
                "{\"kty\": \"RSA\", \"n\": \"AQAB\", \"e\": \"AQAB\", \"kid\": \"tiny\"}",
                "{\"kty\": \"RSA\", \"n\": \"\", \"e\": \"\"}",
                "{\"kty\": \"RSA\", \"n\": 5, \"e\": [], \"x5c\": [\"not base64!\"]}",
                "{\"kty\": \"oct\", \"k\": null}",
                "{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"x\": 1}"
            })
    void anInvalidEntryIsIgnored(String entry) throws Exception {
        issuer.publishText(with(entry));

        assertThat(caller(believingIssuer(), issuer.token("user:default/ada")).subject())
                .isEqualTo("user:default/ada");
    }

    @Test
    void anInvalidCertificateAffectsOnlyItsEntry() throws Exception {
        String good = issuer.key().toPublicJWK().toJSONString();
        issuer.newKey();
        String bad = issuer.key().toPublicJWK().toJSONString().replaceFirst("\\{", "{\"x5c\": [\"AAAA\"], ");
        issuer.publish(issuer.newKey());
        issuer.publishText(with(bad).replace("]}", ", " + good + "]}"));

        assertThat(caller(believingIssuer(), issuer.token("user:default/ada")).subject())
                .isEqualTo("user:default/ada");
    }

    @Test
    void anInvalidEntryIsLoggedOnce() throws Exception {
        CapturedLog log = CapturedLog.of(RemoteJwkSet.class);
        issuer.publishText(with(OFF_THE_CURVE));
        JwtIdentity identity = believingIssuer();
        caller(identity, issuer.token("user:default/ada"));

        clock.move(RemoteJwkSet.FRESH);
        caller(identity, issuer.token("user:default/bob"));
        Awaitility.await().until(() -> issuer.requests() == 2);
        clock.move(Duration.ofMinutes(1));
        caller(identity, issuer.token("user:default/eve"));

        assertThat(log.messages())
                .filteredOn(message -> message.contains("ignored"))
                .singleElement()
                .asString()
                .contains("keys[0] 'odd'");
    }

    @Test
    void anRsaKeyOfLessThan2048BitsIsNotUsed() throws Exception {
        RSAKey weak = rsa(1024);
        RSAKey good = rsa(2048);
        issuer.publish(weak.toPublicJWK(), good.toPublicJWK());
        JwtIdentity identity = believingIssuer();

        assertThat(refusal(identity, signed(weak))).contains("no matching key");
        assertThat(caller(identity, signed(good)).subject()).isEqualTo("user:default/ada");
    }

    @Test
    void aFileWhoseOnlyKeyIsTooShortIsAProblemThatNamesTheKey() throws Exception {
        issuer.publish(rsa(1024).toPublicJWK());
        Path file = Files.writeString(data.resolve("jwks.json"), issuer.published());

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> believing(trusted(keysIn(file))))
                .withMessageContaining("jwks.json: keys[0] 'rsa-1024'")
                .withMessageContaining("at least 2048 bits, not 1024");
    }

    @Test
    void aFileWithOneInvalidEntryProvidesTheOthers() throws Exception {
        Path file = Files.writeString(data.resolve("jwks.json"), with("{\"kty\": \"EC\", \"kid\": 7}"));

        assertThat(caller(believing(trusted(keysIn(file))), issuer.token("user:default/ada"))
                        .subject())
                .isEqualTo("user:default/ada");
    }
}
