package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Secret;
import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.settings.AuthSettings.Issuer;
import dev.belfry.host.settings.AuthSettings.JwksSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private AuthSettings auth(String content) {
        return config.settings(content).auth();
    }

    @Test
    void issuersHaveKeysAtAUrlOrInAFile() {
        List<Issuer> issuers = auth("""
                        auth:
                          issuers:
                            - issuer: https://sso.example
                              audience: [backstage, belfry]
                              jwks: https://sso.example/jwks.json
                              algorithms: [ES384]
                            - {issuer: local, audience: belfry, jwks: keys/jwks.json}
                        """).issuers();

        assertThat(issuers).hasSize(2);
        assertThat(issuers.getFirst())
                .isEqualTo(new Issuer(
                        "https://sso.example",
                        List.of("backstage", "belfry"),
                        new JwksSource.Url(URI.create("https://sso.example/jwks.json")),
                        List.of("ES384")));
        assertThat(issuers.getLast().algorithms()).containsExactly("ES256", "RS256");
        assertThat(issuers.getLast().jwks())
                .isInstanceOfSatisfying(
                        JwksSource.File.class,
                        file -> assertThat(file.named().path()).isEqualTo(folder.resolve("keys/jwks.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "EdDSA", "es256", ""})
    void symmetricAlgorithmsAreAProblem(String algorithm) {
        String issuer = "{issuer: x, audience: y, jwks: z, algorithms: ['" + algorithm + "', ES256]}";
        String faulty = "auth: {issuers: [" + issuer + "]}";

        if (algorithm.isEmpty()) {
            assertThat(auth(faulty).issuers().getFirst().algorithms()).containsExactly("ES256");
        } else {
            assertThat(config.faults(faulty)).singleElement().asString().contains("algorithms", algorithm, "ES256");
        }
    }

    @Test
    void anIssuerWithoutAudienceOrKeysIsAProblem() {
        assertThat(config.faults("auth: {issuers: [{issuer: x}]}"))
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("auth.issuers[0].audience"))
                .anySatisfy(fault -> assertThat(fault).contains("auth.issuers[0].jwks"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {providers: {guest: {}}}                                                             | true
                {}                                                                                   | false
                {issuers: [{issuer: x, audience: y, jwks: z}]}                                       | false
                {providers: {guest: {}}, issuers: [{issuer: x, audience: y, jwks: z}]}               | false
                {developmentTokens: true}                                                            | true
                {developmentTokens: true, issuers: [{issuer: x, audience: y, jwks: z}]}              | true
                {developmentTokens: false, providers: {guest: {}}}                                   | false
                """)
    void developmentTokensNeedAGuestAndNoIssuersByDefault(String auth, boolean accepted) {
        assertThat(auth("auth: " + auth).developmentTokens()).isEqualTo(accepted);
    }

    @Test
    void failedCredentialsAreLimitedByDefault() {
        assertThat(auth("auth: {}").failedCredentialsPerMinute()).isEqualTo(60);
        assertThat(auth("auth: {failedCredentialsPerMinute: 0}").failedCredentialsPerMinute())
                .isZero();
        assertThat(config.faults("auth: {failedCredentialsPerMinute: -1}"))
                .singleElement()
                .asString()
                .contains("app.yaml:1", "between 0 and 1000000, not -1");
    }

    @Test
    void serviceKeysAreBase64InEitherAlphabet() {
        byte[] key = "\u00fb\u00ff0123456789abcdefghijklm".getBytes(StandardCharsets.ISO_8859_1);
        String plain = Base64.getEncoder().encodeToString(key);
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(key);

        assertThat(auth("backend: {auth: {keys: [{secret: '" + plain + "'}, {secret: '" + url + "'}]}}")
                        .serviceKeys())
                .extracting(Secret::bytes)
                .containsExactly(key, key);
    }

    @Test
    void aMisspelledServiceKeyIsAProblemThatDoesNotRepeatIt() {
        assertThat(config.faults("backend: {auth: {keys: [{secert: aHVudGVyMg==}]}}"))
                .isNotEmpty()
                .noneSatisfy(fault -> assertThat(fault).contains("aHVudGVyMg"));
    }

    /** Existing installations have such keys, and the host is useful without them. */
    @ParameterizedTest
    @ValueSource(strings = {"hunter2!", "aHVudGVyMg==", "development", "'!'"})
    void aShortServiceKeyIsNotUsedAndAWarning(String written) {
        AuthSettings auth = auth("backend: {auth: {keys: [{secret: " + written + "}]}}");

        assertThat(auth.serviceKeys()).isEmpty();
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: backend.auth.keys[0].secret: is shorter than 16 bytes, so tokens of this key"
                        + " are refused")
                .doesNotContain(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: static, options: {token: short, subject: ci}}",
                "{type: static, options: {token: fifteen-letters, subject: ci}}",
                "{type: legacy, options: {secret: '!', subject: x}}"
            })
    void aShortSecretOfExternalAccessIsNotUsedAndAWarning(String written) {
        AuthSettings auth = auth("backend: {auth: {externalAccess: [" + written + "]}}");

        assertThat(auth.externalAccess()).isEmpty();
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: backend.auth.externalAccess[0].options.")
                .contains("is shorter than 16");
    }

    @Test
    void keySetOptionsMayBeWrittenInThePlural() {
        AuthSettings auth = auth("backend: {auth: {externalAccess: [{type: jwks, options: {url: 'https://x',"
                + " issuers: [a, b], audiences: c, algorithms: [ES256]}}]}}");

        assertThat(auth.externalAccess())
                .containsExactly(new ExternalAccess.Jwks(
                        URI.create("https://x"),
                        List.of("a", "b"),
                        List.of("c"),
                        List.of("ES256"),
                        Optional.empty(),
                        List.of()));
        assertThat(config.faults("backend: {auth: {externalAccess: [{type: jwks, options: {url: 'https://x',"
                        + " issuers: a, issuer: b}}]}}"))
                .containsExactly("app.yaml:1: backend.auth.externalAccess[0].options.issuer: is written as"
                        + " 'options.issuers' as well");
    }

    /** Without the restriction, the caller could do everything. */
    @Test
    void anUnsetVariableInARestrictionIsAProblem() {
        assertThat(config.faults("backend: {auth: {externalAccess: [{type: jwks, options: {url: 'https://x',"
                        + " issuer: '${ISSUER}'}, accessRestrictions: [{plugin: p, permission: '${ALLOWED}'}]}]}}"))
                .hasSize(2);
    }

    @Test
    void externalAccessHasThreeTypes() {
        AuthSettings auth = auth("""
                backend:
                  auth:
                    externalAccess:
                      - type: static
                        options: {token: a-long-token-of-ci, subject: ci}
                        accessRestrictions:
                          - plugin: notifications
                            permission: notifications.create, notifications.list
                            permissionAttribute: {action: [create, read]}
                          - plugin: hello
                      - type: jwks
                        options:
                          url: https://ci.example/jwks
                          issuer: https://ci.example
                          audience: [belfry]
                          algorithm: RS512
                          subjectPrefix: ci
                      - type: legacy
                        options: {secret: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0, subject: old}
                """);

        assertThat(auth.externalAccess()).hasSize(3);
        assertThat(auth.externalAccess().get(0)).isInstanceOfSatisfying(ExternalAccess.StaticToken.class, found -> {
            assertThat(found.token().bytes()).asString(StandardCharsets.UTF_8).isEqualTo("a-long-token-of-ci");
            assertThat(found.subject()).isEqualTo("ci");
            assertThat(found.restrictions())
                    .containsExactly(
                            new AccessRestriction(
                                    "notifications",
                                    Set.of("notifications.create", "notifications.list"),
                                    Set.of(Action.CREATE, Action.READ)),
                            new AccessRestriction("hello", Set.of(), Set.of()));
        });
        assertThat(auth.externalAccess().get(1))
                .isEqualTo(new ExternalAccess.Jwks(
                        URI.create("https://ci.example/jwks"),
                        List.of("https://ci.example"),
                        List.of("belfry"),
                        List.of("RS512"),
                        Optional.of("ci"),
                        List.of()));
        assertThat(auth.externalAccess().get(2))
                .isInstanceOfSatisfying(
                        ExternalAccess.Legacy.class,
                        found -> assertThat(found.subject()).isEqualTo("old"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: magic, options: {spell: x}}",
                "{type: static, options: {subject: ci}}",
                "{type: static, options: {token: , subject: ci}}",
                "{type: static, options: {token: 'with some blanks', subject: ci}}",
                "{type: jwks, options: {}}",
                "{type: jwks, options: {url: 'https://x', algorithm: HS256}}",
                "{options: {}}",
                "{type: jwks, options: {url: 'https://x'}, accessRestrictions: [{permission: p}]}",
                "{type: jwks, options: {url: 'https://x'},"
                        + " accessRestrictions: [{plugin: p, permissionAttribute: {action: sing}}]}"
            })
    void incompleteExternalAccessIsAProblem(String written) {
        assertThat(config.faults("backend: {auth: {externalAccess: [" + written + "]}}"))
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: backend.auth.externalAccess[0].");
    }

    @Test
    void settingsDoNotPrintSecrets() {
        String settings = config.settings("""
                backend:
                  database: {client: pg, connection: {host: db, password: hunter22}}
                  auth:
                    keys: [{secret: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0}]
                    externalAccess: [{type: static, options: {token: hunter22hunter22, subject: ci}}]
                """).toString();

        assertThat(settings).doesNotContain("hunter22", "MTIzNDU2");
    }
}
