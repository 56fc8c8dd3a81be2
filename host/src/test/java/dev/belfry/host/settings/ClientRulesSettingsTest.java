package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Secret;
import dev.belfry.host.config.ConfigFolder;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings {@code backend.trustProxy} and {@code backend.cors}. */
class ClientRulesSettingsTest {

    private static final String GUEST = "auth: {providers: {guest: {}}}\n";

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                true                  | 192.0.2.1       | 50 | true
                'true'                | 192.0.2.1       | 0  | true
                false                 | 127.0.0.1       | 0  | false
                ''                    | 127.0.0.1       | 0  | false
                2                     | 192.0.2.1       | 1  | true
                2                     | 192.0.2.1       | 2  | false
                loopback              | 127.0.0.53      | 0  | true
                loopback              | ::1             | 5  | true
                loopback              | 10.0.0.1        | 0  | false
                linklocal             | 169.254.9.9     | 0  | true
                linklocal             | fe80::1         | 0  | true
                uniquelocal           | 172.31.255.255  | 0  | true
                uniquelocal           | 172.32.0.0      | 0  | false
                uniquelocal           | fd00::1         | 0  | true
                uniquelocal           | ::ffff:10.1.2.3 | 0  | true
                'loopback, 10.0.0.7'  | 10.0.0.7        | 0  | true
                '[10.0.0.0/9]'        | 10.127.0.1      | 0  | true
                '[10.0.0.0/9]'        | 10.128.0.1      | 0  | false
                2001:db8::/33         | 2001:db8:7fff:: | 0  | true
                2001:db8::/33         | 2001:db8:8000:: | 0  | false
                """)
    void proxiesAreTrustedAsInExpress(String written, String address, int hop, boolean trusted) {
        TrustProxy trust = config.settings(
                        "backend: {trustProxy: " + (written.startsWith("[") ? written : "'" + written + "'") + "}")
                .trustProxy();

        assertThat(trust.trusts(InetAddress.ofLiteral(address), hop)).isEqualTo(trusted);
    }

    @Test
    void noProxyIsTrustedByDefault() {
        assertThat(config.settings("").trustProxy()).isEqualTo(TrustProxy.NOBODY);
        assertThat(config.settings("backend: {trustProxy: true}").trustProxy()).isEqualTo(TrustProxy.EVERYBODY);
        assertThat(config.settings("backend: {trustProxy: 3}").trustProxy().hops())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [loopback, 10.0.0.0/33] | '10.0.0.0/33'
            [loopback, true]        | 'true'
            'loopback, 10.0.0.7, x' | 'x'
            [{address: a}, x]       | an object
            """)
    void theProxyThatIsInvalidIsNamed(String written, String named) {
        assertThat(config.faults("backend: {trustProxy: " + written + "}"))
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: backend.trustProxy: must be true, false, a number of proxies")
                .endsWith(", not " + named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "101",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/",
                "[loopback, x]",
                "::1/129",
                "10.0.0.0/-1"
            })
    void anInvalidProxyIsAProblem(String written) {
        assertThat(config.faults(
                        "backend: {trustProxy: " + (written.startsWith("[") ? written : "'" + written + "'") + "}"))
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: backend.trustProxy: must be true, false, a number of proxies");
    }

    @Test
    void anUnsetVariableInAListOfProxiesIsNamed() {
        assertThat(config.faults("backend: {trustProxy: [loopback, '${PROXY}']}"))
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: backend.trustProxy: the environment variable PROXY is not set");
    }

    /** A sandboxed frame on any page has the origin null. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "https://*", "http*://*:*", "http://localhost*"})
    void pagesOfAnyOriginGetNoCredentialsAndDoNotActAsTheGuest(String open) {
        CorsSettings cors = config.settings(GUEST + "backend:\n  cors: {credentials: true, origin: '" + open + "'}\n")
                .cors();

        assertThat(cors.origins()).containsExactly(new OriginPattern(open));
        assertThat(cors.usesCredentials()).isFalse();
        assertThat(config.warnings())
                .contains(
                        "app.yaml:3: backend.cors.credentials: has no effect while '" + open
                                + "' allows pages of any origin: name the origins of the pages that may send cookies",
                        "app.yaml:3: backend.cors.origin: '" + open
                                + "' allows pages of any origin, but they do not act as"
                                + " the guest (auth.providers.guest) and change nothing without a token; name the origins of"
                                + " the pages that may");
    }

    @Test
    void pagesOfNamedOriginsSendCredentials() {
        assertThat(config.settings(GUEST + "backend: {cors: {credentials: true, origin: 'https://*.portal.example'}}")
                        .cors()
                        .usesCredentials())
                .isTrue();
        assertThat(config.warnings()).noneMatch(warning -> warning.contains("backend.cors"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backend: {baseUrl: 'https://u:hunter22@h h'}",
                "backend: {baseUrl: 'ftp://u:hunter22@h'}",
                "backend: {listen: 'http://u:hunter22@h'}",
                "auth: {issuers: [{issuer: x, audience: y, jwks: 'https://u:hunter22@ x'}]}",
                "backend: {database: {client: 'postgres://u:hunter22@h'}}",
                "backend: {database: {client: pg, connection: {host: h, port: 'postgres://u:hunter22@h'}}}",
                "belfry: {startTimeout: 'https://h/x?password=hunter22'}",
                "dynamicPlugins: {trust: 'https://u:hunter22@h'}"
            })
    void passwordsInUrlsAreMaskedInProblems(String written) {
        assertThat(config.faults(written))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).doesNotContain("hunter22"));
    }

    @Test
    void aPasswordParameterOfADatabaseUrlIsUsedAndMasked() {
        var database = (DatabaseSettings.Postgres) config.settings(
                        "backend: {database: {connection: 'postgres://h/x?user=u&password=hunter22&sslpassword=hunter23'}}")
                .database()
                .of("bells")
                .connection();

        assertThat(database.user()).isEqualTo("u");
        assertThat(database.password()).contains(Secret.of("hunter22"));
        assertThat(database.jdbcUrl()).doesNotContain("hunter22");
        assertThat(database.toString()).doesNotContain("hunter2");
    }
}
