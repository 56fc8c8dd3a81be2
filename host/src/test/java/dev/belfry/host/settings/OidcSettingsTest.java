package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.ConfigFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code auth.providers.oidc}, as Backstage's configuration has it. */
class OidcSettingsTest {

    private static final String RESOLVERS = "signIn: {resolvers: [{resolver: emailMatchingUserEntityProfileEmail}]}";
    private static final String CLIENT = "metadataUrl: 'https://sso.example', clientId: belfry, clientSecret: s3cret";

    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private static String oidc(String environment, String keys) {
        return "auth: {providers: {oidc: {" + environment + ": {" + keys + "}}}}\n";
    }

    @Test
    void theEntryOfTheEnvironmentIsRead() {
        OidcSettings read = config.settings(oidc(
                        "development",
                        CLIENT + ", additionalScopes: 'groups offline', prompt: auto, sessionDuration: {hours: 24}, "
                                + RESOLVERS))
                .auth()
                .oidc()
                .orElseThrow();

        assertThat(read.clientId()).isEqualTo("belfry");
        assertThat(read.scopes()).containsExactly("groups", "offline");
        assertThat(read.prompt()).isEmpty();
        assertThat(read.sessionDuration()).contains(Duration.ofHours(24));
        assertThat(read.algorithms()).containsExactly("ES256", "RS256");
        assertThat(read.secretInBody()).isFalse();
        assertThat(read.resolvers()).extracting(OidcSettings.Resolver::rule).containsExactly(OidcSettings.Rule.EMAIL);
        assertThat(read.toString()).doesNotContain("s3cret");
    }

    @Test
    void anUnknownResolverIsRefusedWithTheList() {
        List<String> faults =
                config.faults(oidc("development", CLIENT + ", signIn: {resolvers: [{resolver: byMagic}]}"));

        assertThat(faults)
                .singleElement()
                .asString()
                .contains("auth.providers.oidc.development.signIn.resolvers[0].resolver", "'byMagic'")
                .contains(
                        "emailMatchingUserEntityProfileEmail",
                        "emailLocalPartMatchingUserEntityName",
                        "preferredUsernameMatchingUserEntityName",
                        "oidcSubClaimMatchingKeycloakUserId");
    }

    @Test
    void anUnknownResolverOfAnotherEnvironmentStopsNoStart() {
        assertThat(config.settings(oidc("production", CLIENT + ", signIn: {resolvers: [{resolver: byMagic}]}"))
                        .auth()
                        .oidc())
                .isEmpty();
    }

    /** Such as a provider that is listed for the case that its variables are set. */
    @Test
    void aProviderThatLacksAnythingIsOffAndThatIsSaid() {
        assertThat(config.settings(oidc(
                                "development",
                                "metadataUrl: 'https://sso.example', clientId: '${UNSET}',"
                                        + " signIn: {resolvers: [{resolver: byMagic}]}"))
                        .auth()
                        .oidc())
                .isEmpty();
        assertThat(config.warnings())
                .anyMatch(warning -> warning.contains("auth.providers.oidc.development.clientId: is required"))
                .anyMatch(warning -> warning.contains("auth.providers.oidc.development.clientSecret: is required")
                        && warning.contains("nobody can sign in"));
    }

    @Test
    void anotherEnvironmentHasNoEffectAndThatIsSaid() {
        assertThat(config.settings(oidc("production", "metadataUrl: 'https://sso.example'"))
                        .auth()
                        .oidc())
                .isEmpty();
        assertThat(config.warnings())
                .anyMatch(warning -> warning.contains("no entry 'development'") && warning.contains("production"));
    }

    @Test
    void withoutResolversNobodySignsInAndThatIsSaid() {
        assertThat(config.settings(oidc("development", CLIENT)).auth().oidc()).isEmpty();
        assertThat(config.warnings()).anyMatch(warning -> warning.contains("signIn.resolvers"));
    }

    @Test
    void anAddressOfEveryDomainIsAWarning() {
        String open = "signIn: {resolvers: [{resolver: emailLocalPartMatchingUserEntityName}]}";
        config.settings(oidc("development", CLIENT + ", " + open));

        assertThat(config.warnings()).anyMatch(warning -> warning.contains("allowedDomains"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://belfry.example", "http://10.0.0.1:7007"})
    void overTheNetworkPeopleSignInByHttpsOnly(String url) {
        String oidc = oidc("development", CLIENT + ", " + RESOLVERS);

        for (String backend : List.of("{baseUrl: '" + url + "'}", "{listen: '0.0.0.0:7007'}")) {
            assertThat(config.settings("backend: " + backend + "\n" + oidc)
                            .auth()
                            .oidc())
                    .isEmpty();
            assertThat(config.warnings())
                    .anyMatch(warning -> warning.startsWith(
                            "app.yaml:1: backend.baseUrl: nobody can sign in by OpenID Connect (auth.providers.oidc)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://belfry.example", "http://localhost:7007", "http://[::1]:7007"})
    void httpsAndTheOwnMachineAreSafe(String url) {
        assertThat(config.settings("backend: {listen: '0.0.0.0:7007', baseUrl: '" + url + "'}\n"
                                + oidc("development", CLIENT + ", " + RESOLVERS))
                        .auth()
                        .oidc())
                .isPresent();
    }
}
