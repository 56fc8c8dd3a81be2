package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.belfry.api.Secret;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.settings.AuthSettings.JwksSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a claim contains, the response is 401 and never an internal error. */
class ClaimTypesTest extends IdentityFixture {

    private static final byte[] SERVICE_KEY =
            "service key, longer than 32 bytes, is good".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LEGACY_KEY =
            "legacy key, longer than 32 bytes, is good".getBytes(StandardCharsets.UTF_8);

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "7",
            "-1",
            "0.5",
            "1e400",
            "1e999999999",
            "-1e999999999",
            "9223372036854775808",
            "123456789012345678901234567890123456789012345678901234567890",
            "\"\"",
            "\"text\"",
            "\"\\u0000\"",
            "[]",
            "[null]",
            "[7, \"x\"]",
            "[[[]]]",
            "{}",
            "{\"a\": null}",
            "[".repeat(3000) + "]".repeat(3000));

    private static final List<String> CLAIMS = List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "ent");

    /** Kinds of tokens, each with its own key. */
    enum Kind {
        USER,
        SERVICE,
        LEGACY,
        EXTERNAL,
        DEVELOPMENT
    }

    private JwtIdentity identity(Kind kind) {
        return switch (kind) {
            case USER -> believing(trusted(new JwksSource.Url(issuer.address())));
            case SERVICE -> identity(List.of(), List.of(Secret.of(SERVICE_KEY)), List.of(), false);
            case LEGACY ->
                identity(
                        List.of(),
                        List.of(),
                        List.of(new ExternalAccess.Legacy(Secret.of(LEGACY_KEY), "ci", List.of())),
                        false);
            case EXTERNAL ->
                identity(
                        List.of(),
                        List.of(),
                        List.of(new ExternalAccess.Jwks(
                                issuer.address(), List.of(), List.of(), List.of("ES256"), Optional.empty(), List.of())),
                        false);
            case DEVELOPMENT -> believing();
        };
    }

    private Map<String, String> goodClaims(Kind kind) {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("sub", kind == Kind.USER || kind == Kind.DEVELOPMENT ? "\"user:default/ada\"" : "\"robot\"");
        claims.put("exp", Long.toString(clock.instant().plusSeconds(600).getEpochSecond()));
        if (kind == Kind.USER) {
            claims.put("iss", "\"" + TestIssuer.NAME + "\"");
            claims.put("aud", "\"" + TestIssuer.AUDIENCE + "\"");
        } else if (kind == Kind.DEVELOPMENT) {
            claims.put("iss", "\"" + DevelopmentTokens.ISSUER + "\"");
            claims.put("aud", "\"" + DevelopmentTokens.AUDIENCE + "\"");
        }
        return claims;
    }

    private String token(Kind kind, Map<String, String> claims) throws Exception {
        String json = claims.entrySet().stream()
                .map(claim -> "\"" + claim.getKey() + "\": " + claim.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        return switch (kind) {
            case USER, EXTERNAL -> issuer.signed(json);
            case SERVICE -> signed(SERVICE_KEY, json);
            case LEGACY -> signed(LEGACY_KEY, json);
            case DEVELOPMENT -> signed(DevelopmentKey.in(data), json);
        };
    }

    private static String signed(byte[] key, String claims) throws Exception {
        JWSObject token = new JWSObject(new JWSHeader(DevelopmentTokens.ALGORITHM), new Payload(claims));
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    static Stream<Arguments> claimsOfEachKind() {
        return Stream.of(Kind.values()).flatMap(kind -> CLAIMS.stream().map(claim -> Arguments.of(kind, claim)));
    }

    @ParameterizedTest
    @MethodSource("claimsOfEachKind")
    void aClaimOfAnyTypeIsAcceptedOrRejectedAndNeverFailsInternally(Kind kind, String claim) throws Exception {
        JwtIdentity identity = identity(kind);
        caller(identity, token(kind, goodClaims(kind)));
        for (String value : VALUES) {
            Map<String, String> claims = goodClaims(kind);
            claims.put(claim, value);
            String token = token(kind, claims);
            try {
                caller(identity, token);
                assertThat(value).as(claim + " of the right type").matches("\".*\"|\\[]|7|0.5");
            } catch (AuthenticationFailed e) {
                assertThat(e.getMessage()).as(claim + ": " + value).isNotBlank();
            } catch (RuntimeException e) {
                fail(claim + ": " + value, e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("claimsOfEachKind")
    void aNullClaimIsRejectedByName(Kind kind, String claim) throws Exception {
        Map<String, String> claims = goodClaims(kind);
        claims.put(claim, "null");

        assertThat(refusal(identity(kind), token(kind, claims))).contains("'" + claim + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alg", "typ", "kid", "crit", "b64", "jwk", "jku", "x5c", "x5t", "x5u", "cty", "enc", "zip"})
    void aHeaderOfAnyTypeIsAcceptedOrRejectedAndNeverFailsInternally(String name) throws Exception {
        JwtIdentity identity = identity(Kind.USER);
        String[] parts = token(Kind.USER, goodClaims(Kind.USER)).split("\\.");
        for (String value : VALUES) {
            String header = name.equals("alg")
                    ? "{\"alg\": " + value + "}"
                    : "{\"alg\": \"ES256\", \"" + name + "\": " + value + "}";
            String token =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                            + "." + parts[1] + "." + parts[2];

            assertThat(refusal(identity, token)).as(header).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "[]", "\"text\"", "true", ""})
    void claimsThatAreNotAnObjectAreRejected(String claims) {
        assertThat(refusal(identity(Kind.USER), issuer.signed(claims))).startsWith("the token");
    }

    @Test
    void aLetterThatBecomesAsciiInLowerCaseDoesNotMatchAnotherUser() throws Exception {
        JwtIdentity identity = identity(Kind.USER);
        for (String subject : List.of(
                "user:default/mar\u212A", "user:\u212Aelvin/ada", "u\u017Fer:default/ada", "user:default/\u0130")) {
            Map<String, String> claims = goodClaims(Kind.USER);
            claims.put("sub", "\"" + subject + "\"");

            assertThat(refusal(identity, token(Kind.USER, claims))).contains("subject");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"a\\nb\"", "\"\\u001b[31m\""})
    void aServiceWithAnInvalidNameIsRejected(String subject) throws Exception {
        for (Kind kind : List.of(Kind.SERVICE, Kind.EXTERNAL)) {
            Map<String, String> claims = goodClaims(kind);
            claims.put("sub", subject);

            assertThat(refusal(identity(kind), token(kind, claims))).contains("subject");
        }
    }
}
