package dev.belfry.plugins.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Secret;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.config.Config;
import dev.belfry.host.schema.ConfigSchema;
import dev.belfry.plugins.ldap.CatalogLdapConfig.GroupSearch;
import dev.belfry.plugins.ldap.CatalogLdapConfig.UserSearch;
import dev.belfry.testkit.ConfigSchemaCheck;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A host, and a directory that changes and goes away. */
class CatalogLdapPluginTest {

    private static final ConfigSchema SCHEMA = ConfigSchema.in(CatalogLdapConfig.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation())
            .orElseThrow();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final EntityRef GRACE = EntityRef.user("default", "grace");
    private static final EntityRef TEAM = EntityRef.group("default", "team");
    private static final String GRACE_DN = "uid=grace,ou=people,dc=example,dc=org";

    @TempDir
    private Path folder;

    private static TestHost.Builder host(int port) {
        return TestHost.with(CatalogLdapPlugin.class)
                .config("catalog-ldap.target", "ldap://127.0.0.1:" + port)
                .config("catalog-ldap.bind", Map.of("dn", TestDirectory.ADMIN, "secret", TestDirectory.PASSWORD))
                .config("catalog-ldap.users", List.of(Map.of("dn", "ou=people,dc=example,dc=org")))
                .config("catalog-ldap.groups", List.of(Map.of("dn", "ou=groups,dc=example,dc=org")))
                .config("catalog-ldap.schedule.frequency", "PT1S");
    }

    private List<String> warnings(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("app.yaml"), content);
        Config config = Config.load(List.of(file), Map.of(), folder);
        config.check("catalog-ldap", SCHEMA);
        config.bind("catalog-ldap", CatalogLdapConfig.class);
        return config.notices().warnings();
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private static int readiness(TestHost host) {
        return host.anonymous().get("/readyz").statusCode();
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theCatalogFollowsTheDirectoryAndKeepsItWhileItIsAway(Dialect dialect) throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("grace", "cn: Grace Hopper", "mail: grace@example.org");
            directory.addUser("dan");
            directory.addGroup("team", "member: " + GRACE_DN);
            try (TestHost host = host(directory.port()).database(dialect).start()) {
                eventually(() -> host.catalog().groupsOf(GRACE).equals(Set.of(TEAM)));
                assertThat(host.as("grace").get("/api/host/plugins").statusCode())
                        .isEqualTo(200);
                assertThat(readiness(host)).isEqualTo(200);

                directory.delete("uid=dan,ou=people,dc=example,dc=org");
                eventually(() -> !host.catalog().contains(EntityRef.user("default", "dan")));

                directory.stop();
                host.asService("operator").post("/api/host/plugins/catalog-ldap/disable");
                eventually(() -> !host.catalog().contains(GRACE));
                host.asService("operator").post("/api/host/plugins/catalog-ldap/enable");
                assertThat(host.catalog().groupsOf(GRACE)).containsExactly(TEAM);
                assertThat(readiness(host)).isEqualTo(200);
                assertThat(host.asService("operator").get("/metrics").body())
                        .containsPattern("catalog_directory_age_seconds\\{plugin=\"catalog-ldap\"\\} [0-9]");
            }
        }
    }

    @Test
    void theHostIsNotReadyBeforeTheFirstRead() throws Exception {
        int port;
        try (TestDirectory directory = TestDirectory.start()) {
            port = directory.port();
        }
        try (TestHost host = host(port).start()) {
            eventually(() -> host.anonymous().get("/readyz").body().contains("catalog-ldap: first-read: fails"));
            assertThat(host.anonymous().get("/readyz").body()).doesNotContain("127.0.0.1");
            assertThat(readiness(host)).isEqualTo(503);
            assertThat(host.as("grace").get("/api/host/plugins").statusCode()).isEqualTo(401);
        }
    }

    @Tag("soak")
    @Test
    void aDirectoryWithoutAUserChangesNothing() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("grace");
            try (TestHost host = host(directory.port()).start()) {
                eventually(() -> host.catalog().contains(GRACE));
                directory.delete(GRACE_DN);
                directory.addGroup("team");

                await().during(Duration.ofSeconds(6))
                        .atMost(LIMIT)
                        .until(() -> host.catalog().contains(GRACE));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ldap://ds.example, true, false, true",
        "ldap://ds.example, true, true, false",
        "LDAPS://ds.example, true, false, false",
        "ldap://ds.example, false, false, false"
    })
    void aPasswordWithoutEncryptionIsAWarning(URI target, boolean password, boolean startTls, boolean warned) {
        CatalogLdapConfig.Bind bind = password ? new CatalogLdapConfig.Bind("cn=reader", Secret.of("s")) : null;
        CatalogLdapConfig config = new CatalogLdapConfig(
                target,
                bind,
                new CatalogLdapConfig.Tls(startTls, null),
                List.of(new CatalogLdapConfig.UserSearch("ou=people", null, null)),
                List.of(),
                null,
                null,
                null);

        assertThat(config.warnings().containsKey("target")).isEqualTo(warned);
    }

    @Test
    void theOtherKeysOfBackstageAreWarningsWhereTheyChangeTheResult() throws Exception {
        assertThat(warnings("""
                catalog-ldap:
                  target: ldaps://ds.example
                  tls:
                    rejectUnauthorized: false
                    keys: client.key
                    certs: client.crt
                  users:
                    - dn: ou=people,dc=example,dc=org
                      options: {filter: (uid=*), paged: true, attributes: ['*', '+'], sizeLimit: 0, derefAliases: 0}
                      map: {rdn: uid, description: l, picture: jpegPhoto}
                      set:
                        metadata.namespace: corp
                        metadata.tags: [staff]
                  groups:
                    - dn: ou=groups,dc=example,dc=org
                      options: {paged: {pageSize: 500}, attributes: cn, timeLimit: 10, typesOnly: false}
                      map: {description: description, type: groupType, email: mail, picture: logo}
                      set: {spec.type: team}
                  vendor: {dnAttributeName: customDN, uuidAttributeName: customUUID}
                """))
                .satisfiesExactlyInAnyOrder(
                        warning -> assertThat(warning)
                                .contains("app.yaml:4: catalog-ldap.tls.rejectUnauthorized: has no effect")
                                .contains("to ca"),
                        warning -> assertThat(warning).contains("app.yaml:5: catalog-ldap.tls.keys: has no effect"),
                        warning -> assertThat(warning).contains("app.yaml:6: catalog-ldap.tls.certs: has no effect"),
                        warning -> assertThat(warning)
                                .contains("app.yaml:11: catalog-ldap.users[0].set: has no effect")
                                .contains("catalog-ldap.namespace"),
                        warning ->
                                assertThat(warning).contains("app.yaml:18: catalog-ldap.groups[0].set: has no effect"),
                        warning -> assertThat(warning).contains("app.yaml:19: catalog-ldap.vendor: has no effect"));
    }

    @Test
    void aCertificateThatIsVerifiedIsNoWarning() throws Exception {
        assertThat(warnings("""
                catalog-ldap:
                  target: ldaps://ds.example
                  tls: {rejectUnauthorized: true}
                  users: [{dn: 'ou=people,dc=example,dc=org'}]
                """)).isEmpty();
    }

    /** As in Backstage. */
    @Test
    void aSingleObjectStandsForAnArrayOfOne() throws Exception {
        String content = """
                catalog-ldap:
                  target: ldaps://ds.example
                  users: {dn: 'ou=people,dc=example,dc=org', options: {scope: sub}}
                  groups: {dn: 'ou=groups,dc=example,dc=org', set: {spec.type: team}}
                """;

        assertThat(warnings(content))
                .singleElement()
                .asString()
                .contains("app.yaml:4: catalog-ldap.groups.set: has no effect");
        CatalogLdapConfig config = Config.load(List.of(folder.resolve("app.yaml")), Map.of(), folder)
                .bind("catalog-ldap", CatalogLdapConfig.class);
        assertThat(config.users()).extracting(UserSearch::dn).containsExactly("ou=people,dc=example,dc=org");
        assertThat(config.groups()).extracting(GroupSearch::dn).containsExactly("ou=groups,dc=example,dc=org");
        assertThatThrownBy(() -> warnings(content.replace("dn: 'ou=groups,dc=example,dc=org'", "dm: 'x'")))
                .hasMessageContaining("app.yaml:4: catalog-ldap.groups.dm: unknown key")
                .hasMessageContaining("app.yaml:4: catalog-ldap.groups.dn: is required, and missing");
    }

    @Test
    void theSchemaDescribesTheConfiguration() {
        ConfigSchemaCheck.assertSchemaMatches(CatalogLdapConfig.class);
    }

    @Test
    void theScheduleMayHaveTheDurationsOfBackstage() {
        assertThat(SCHEMA.violations(Map.of("schedule", Map.of("frequency", Map.of("minutes", 30), "timeout", "3m"))))
                .noneMatch(violation -> violation.toString().contains("schedule"));
    }
}
