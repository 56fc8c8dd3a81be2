package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostSettingsTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    @Test
    void anEmptyConfigurationHasSecureDefaults() {
        HostSettings settings = config.settings("");

        assertThat(settings.listen()).isEqualTo(new ListenSettings("127.0.0.1", 7007));
        assertThat(settings.baseUrl()).isEmpty();
        assertThat(settings.belfry())
                .isEqualTo(new BelfrySettings(
                        folder.resolve("data"),
                        1_048_576,
                        Duration.ofSeconds(60),
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(25),
                        true,
                        settings.belfry().limits(),
                        OutgoingSettings.PUBLIC_ONLY,
                        StatementSettings.DEFAULT));
        LimitSettings limits = settings.belfry().limits();
        assertThat(limits.carrierThreads()).isGreaterThan(Runtime.getRuntime().availableProcessors());
        assertThat(limits.requestsPerPlugin()).isLessThan(limits.carrierThreads());
        assertThat(limits.patience()).isEqualTo(Duration.ofSeconds(1));
        int waits = limits.clients().waits();
        assertThat(limits.streams())
                .isEqualTo(new StreamSettings(
                        2 * waits / 3,
                        16,
                        32 * 1024,
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(5)));
        assertThat(settings.cors().origins()).isEmpty();
        assertThat(settings.database().of("any").connection()).isEqualTo(new SqliteFolder(folder.resolve("data")));
        assertThat(settings.auth().guest()).isEmpty();
        assertThat(settings.auth().issuers()).isEmpty();
        assertThat(settings.auth().developmentTokens()).isFalse();
        assertThat(settings.permission())
                .isEqualTo(new PermissionSettings(
                        Optional.empty(), Optional.empty(), true, Optional.empty(), List.of(), Optional.empty()));
        assertThat(settings.catalog()).isEqualTo(new CatalogSettings(List.of(), false));
        assertThat(settings.dynamicPlugins().rootDirectory()).isEqualTo(folder.resolve("dynamic-plugins"));
        assertThat(settings.requiredPlugins()).isEmpty();
        assertThat(settings.ports().suppliers()).isEmpty();
        assertThat(config.ignored()).isEmpty();
    }

    @Test
    void everyBelfryKeyIsRead() {
        config.file("conf/app.yaml", """
            belfry:
              dataDirectory: ../state
              bodyLimit: 2048
              startTimeout: PT5S
              shutdownDelay: PT15S
              drainTimeout: PT1M
              stopTimeout: PT1M30S
              accessLog: false
              limits:
                carrierThreads: 20
                requestsPerPlugin: 10
                patience: PT0.5S
                waits: 50
                streams: {total: 40, perCaller: 8, queueSize: 4096, heartbeat: PT5S, longest: PT1M, reconnectWithin: PT0S}
              outgoing: {allow: [Mail.Internal, 10.0.0.0/8]}
              database: {slowQueryThreshold: PT0.25S, statementTimeout: PT0S}
            dynamicPlugins: {rootDirectory: drop}
            plugins: {required: [notifications, hello]}
            ports:
              identity: sso
              notifications: {storage: cloud}
              search.index: elastic
            """);
        HostSettings settings = HostSettings.from(config.load("conf/app.yaml"));

        assertThat(settings.belfry())
                .isEqualTo(new BelfrySettings(
                        folder.resolve("state"),
                        2048,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(90),
                        false,
                        new LimitSettings(
                                20,
                                10,
                                Duration.ofMillis(500),
                                settings.belfry().limits().clients(),
                                new StreamSettings(
                                        40, 8, 4096, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ZERO)),
                        new OutgoingSettings(Set.of("mail.internal"), List.of(AddressRange.parse("10.0.0.0/8"))),
                        new StatementSettings(Duration.ofMillis(250), Duration.ZERO)));
        assertThat(settings.dynamicPlugins().rootDirectory()).isEqualTo(folder.resolve("conf/drop"));
        assertThat(settings.requiredPlugins()).containsExactly("notifications", "hello");
        assertThat(settings.ports().suppliers())
                .isEqualTo(Map.of(
                        "identity",
                        List.of("sso"),
                        "notifications.storage",
                        List.of("cloud"),
                        "search.index",
                        List.of("elastic")));
    }

    @Test
    void asManyPermitsAsCarrierThreadsAreAProblem() {
        assertThat(config.faults("belfry: {limits: {carrierThreads: 8, requestsPerPlugin: 8}}"))
                .containsExactly("app.yaml:1: belfry.limits.requestsPerPlugin: must be less than the carrier threads"
                        + " (belfry.limits.carrierThreads), of which there are 8, not 8");
    }

    @Test
    void streamsAreAPartOfTheWaitingRequests() {
        assertThat(config.faults(
                        "belfry: {limits: {waits: 10, waitsPerCaller: 5, streams: {total: 11, perCaller: 6}}}"))
                .containsExactly(
                        "app.yaml:1: belfry.limits.streams.total: must be at most belfry.limits.waits, because a stream"
                                + " counts there, too; that is 10, not 11",
                        "app.yaml:1: belfry.limits.streams.perCaller: must be at most belfry.limits.waitsPerCaller,"
                                + " because a stream counts there, too; that is 5, not 6");
    }

    @Test
    void timesOfStreamsAreBounded() {
        assertThat(config.faults("belfry: {limits: {streams: {heartbeat: PT0S, reconnectWithin: PT1H}}}"))
                .containsExactly(
                        "app.yaml:1: belfry.limits.streams.heartbeat: must be between PT0.1S and PT5M, not PT0S",
                        "app.yaml:1: belfry.limits.streams.reconnectWithin: must be between PT0S and PT5M, not PT1H");
    }

    @Test
    void timeoutsAreBounded() {
        assertThat(config.faults("belfry: {database: {slowQueryThreshold: PT-1S, statementTimeout: P2D}}"))
                .containsExactly(
                        "app.yaml:1: belfry.database.slowQueryThreshold: must be between PT0.001S and PT24H, or PT0S"
                                + " for never, not PT-1S",
                        "app.yaml:1: belfry.database.statementTimeout: must be between PT0.001S and PT24H, or PT0S for"
                                + " never, not PT48H");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(config.faults("""
            backend:
              listen:
                prot: 1
                port: 70000
              database: {client: oracle}
            belfry:
              startTimeout: soon
            permission: {enabled: perhaps}
            plugins: {reqired: []}
            """))
                .containsExactlyInAnyOrder(
                        "app.yaml:3: backend.listen.prot: unknown key; did you mean 'port'? allowed: host, port",
                        "app.yaml:4: backend.listen.port: must be between 0 and 65535, not 70000",
                        "app.yaml:5: backend.database.client: must be one of pg, better-sqlite3, sqlite3, not 'oracle'",
                        "app.yaml:7: belfry.startTimeout: must be a duration such as PT10S, 10s or {seconds: 10}, not"
                                + " 'soon'",
                        "app.yaml:8: permission.enabled: must be a boolean, not 'perhaps'",
                        "app.yaml:9: plugins.reqired: unknown key; did you mean 'required'? allowed: required");
    }

    @ParameterizedTest
    @CsvSource({
        "7008, 127.0.0.1, 7008",
        "':7008', 127.0.0.1, 7008",
        "'0.0.0.0:7008', 0.0.0.0, 7008",
        "'localhost:0', localhost, 0",
        "'[::1]:7008', ::1, 7008",
        "'{port: 7008}', 127.0.0.1, 7008",
        "'{host: 10.0.0.1}', 10.0.0.1, 7007",
        "'{host: \"::\", port: \"7008\"}', '::', 7008"
    })
    void listenHasSeveralForms(String written, String host, int port) {
        String quoted = written.startsWith("{") ? written : "'" + written + "'";

        assertThat(config.settings("backend: {listen: " + quoted + "}").listen())
                .isEqualTo(new ListenSettings(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'here'", "'a:b:7007'", "'127.0.0.1:99999'", "[7007]"})
    void anInvalidListenAddressIsAProblem(String written) {
        assertThat(config.faults("backend:\n  listen: " + written))
                .singleElement()
                .asString()
                .startsWith("app.yaml:2: backend.listen: must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "true", "{userEntityRef: 'user:default/guest'}", "{development: {}}"})
    void theGuestKeyEnablesGuestAccess(String written) {
        assertThat(config.settings("auth: {providers: {guest: " + written + "}}")
                        .auth()
                        .guest())
                .hasValueSatisfying(guest -> {
                    assertThat(guest.user()).isEqualTo(EntityRef.user("default", "guest"));
                    assertThat(guest.outsideDevelopment()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null", "", "~"})
    void aLaterFileMayDisableGuestAccess(String written) {
        config.file("base.yaml", "auth: {providers: {guest: {}}}")
                .file("late.yaml", "auth:\n  providers:\n    guest: " + written);

        assertThat(HostSettings.from(config.load("base.yaml", "late.yaml"))
                        .auth()
                        .guest())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "127.evil.example", "belfry.example"})
    void guestAccessOnANetworkAddressIsAProblem(String host) {
        assertThat(config.faults("backend:\n  listen: {host: '" + host + "'}\nauth: {providers: {guest: {}}}"))
                .singleElement()
                .asString()
                .contains("app.yaml:2: backend.listen", "loopback", host, "dangerouslyAllowOutsideDevelopment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
    void guestAccessOnALoopbackAddressIsAllowed(String host) {
        assertThat(config.settings("backend: {listen: {host: '" + host + "'}}\nauth: {providers: {guest: {}}}")
                        .auth()
                        .guest())
                .isPresent();
    }

    @Test
    void guestAccessOnANetworkAddressMayBeAllowedExplicitly() {
        assertThat(config.settings("""
            backend: {listen: '0.0.0.0:7007'}
            auth: {providers: {guest: {dangerouslyAllowOutsideDevelopment: true}}}
            """).auth().guest())
                .hasValueSatisfying(
                        guest -> assertThat(guest.outsideDevelopment()).isTrue());
    }

    @Test
    void corsAcceptsStringsAndArrays() {
        CorsSettings cors = config.settings("""
            backend:
              cors:
                origin: http://localhost:3000
                methods: GET,HEAD,POST
                allowedHeaders: [X-One, X-Two]
                credentials: true
                maxAge: 600
            """).cors();

        assertThat(cors)
                .isEqualTo(new CorsSettings(
                        List.of(new OriginPattern("http://localhost:3000")),
                        List.of("GET", "HEAD", "POST"),
                        List.of("X-One", "X-Two"),
                        List.of(),
                        true,
                        Optional.of(Duration.ofMinutes(10))));
    }

    @Test
    void baseUrlAndPolicyFileAreRead() {
        config.file("conf/app.yaml", """
            backend: {baseUrl: 'https://belfry.example'}
            permission: {enabled: false, rbac: {policies-csv-file: ../policy.csv}}
            """);
        HostSettings settings = HostSettings.from(config.load("conf/app.yaml"));

        assertThat(settings.baseUrl()).contains(URI.create("https://belfry.example"));
        assertThat(settings.permission().enabled()).contains(false);
        assertThat(settings.permission().policyFile().orElseThrow().path()).isEqualTo(folder.resolve("policy.csv"));
    }

    @Test
    void unsupportedBackstageKeysAreReportedAsIgnored() {
        config.settings("""
                        backend:
                          csp: {connect-src: ["'self'"]}
                          cache: {store: cupboard, connection: 'redis://x'}
                          database: {client: better-sqlite3, connection: ':memory:', pluginDivisionMode: schema}
                        auth:
                          environment: development
                          providers: {github: {development: {clientId: '${AUTH_GITHUB_CLIENT_ID}'}}}
                        catalog: {import: {entityFilename: catalog-info.yaml}, providers: {}}
                        permission: {rbac: {database: {enabled: true}}}
                        """);

        assertThat(config.ignored())
                .isEqualTo(Set.of(
                        "backend.csp", "backend.cache.connection", "catalog.import", "permission.rbac.database"));
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "app.yaml:7: auth.providers.github: has no effect: Belfry signs in by the providers oidc and guest");
    }

    @Test
    void keysThatAnInstallationMayRelyOnSayWhatToWrite() {
        config.settings("""
                        backend:
                          reading: {allow: [{host: wiki.internal}]}
                        auth:
                          providers: {guest: {ownershipEntityRefs: [group:default/crew]}}
                        catalog:
                          processors:
                            ldapOrg: {providers: []}
                            githubOrg: {providers: []}
                        """);

        assertThat(config.warnings())
                .satisfiesExactlyInAnyOrder(
                        warning -> assertThat(warning)
                                .startsWith("app.yaml:2: backend.reading.allow: has no effect")
                                .endsWith("write it to belfry.outgoing.allow"),
                        warning -> assertThat(warning)
                                .startsWith("app.yaml:4: auth.providers.guest.ownershipEntityRefs: has no effect")
                                .endsWith("write them to spec.memberOf of that user"),
                        warning -> assertThat(warning)
                                .startsWith("app.yaml:7: catalog.processors.ldapOrg: has no effect")
                                .contains("optional-plugins/catalog-ldap-*.jar"),
                        warning -> assertThat(warning)
                                .startsWith(
                                        "app.yaml:8: catalog.processors.githubOrg: has no effect: Belfry reads users"));
    }

    @Test
    void theHomeFolderHasNoShortName() {
        assertThat(config.faults("belfry: {dataDirectory: '~/belfry'}"))
                .containsExactly("app.yaml:1: belfry.dataDirectory: '~' does not stand for the home folder here; write"
                        + " ${HOME} in its place");
        assertThat(config.settings("belfry: {dataDirectory: '~belfry'}")
                        .belfry()
                        .dataDirectory())
                .isEqualTo(folder.resolve("~belfry"));
    }

    @Test
    void aMisspelledSignInProviderIsNamed() {
        config.settings("auth: {providers: {gest: {}, okta: {}}}");

        assertThat(config.warnings())
                .hasSize(2)
                .anySatisfy(
                        warning -> assertThat(warning)
                                .startsWith(
                                        "app.yaml:1: auth.providers.gest: did you mean 'guest'? The key has no effect: Belfry signs in"))
                .anySatisfy(warning ->
                        assertThat(warning).startsWith("app.yaml:1: auth.providers.okta: has no effect: Belfry signs"));
    }

    @Test
    void anUnknownPortOfTheHostIsAProblem() {
        assertThat(config.faults("ports:\n  catalgo: ldap\n  notifications.storage: cloud\n"))
                .containsExactly("app.yaml:2: ports.catalgo: unknown key; did you mean 'catalog'? allowed: catalog,"
                        + " identity, permission");
    }

    @Test
    void whatIsTheDefaultAnywayIsNoWarning() {
        config.settings("backend: {auth: {dangerouslyDisableDefaultAuthPolicy: no}}");
        assertThat(config.warnings()).isEmpty();
        assertThat(config.ignored()).containsExactly("backend.auth.dangerouslyDisableDefaultAuthPolicy");

        config.settings("backend: {auth: {dangerouslyDisableDefaultAuthPolicy: true}}");
        assertThat(config.warnings())
                .containsExactly(
                        "app.yaml:1: backend.auth.dangerouslyDisableDefaultAuthPolicy: has no effect: every request"
                                + " needs credentials, unless auth.providers.guest is set");
    }

    @Test
    void anOutgoingAddressThatIsNoneIsAProblem() {
        config.file("app.yaml", "belfry: { outgoing: { allow: [10.0.0.0/33, '300.1.1.1', 'a b'] } }");

        assertThatThrownBy(() -> HostSettings.from(config.load("app.yaml")))
                .hasMessageContaining("belfry.outgoing.allow")
                .hasMessageContaining("not '10.0.0.0/33'")
                .hasMessageContaining("not '300.1.1.1'");
    }
}
