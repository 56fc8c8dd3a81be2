package dev.belfry.plugins.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Secret;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.Config;
import dev.belfry.host.schema.ConfigSchema;
import dev.belfry.testkit.ConfigSchemaCheck;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host, and a realm that fails. */
class CatalogKeycloakPluginTest {

    private static final ConfigSchema SCHEMA = ConfigSchema.in(CatalogKeycloakConfig.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation())
            .orElseThrow();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final EntityRef GRACE = EntityRef.user("default", "grace");
    private static final String USER = "{\"id\": \"1\", \"username\": \"grace\", \"enabled\": true}";

    @TempDir
    private Path folder;

    static TestHost.Builder host(FakeKeycloak keycloak) {
        return TestHost.with(CatalogKeycloakPlugin.class)
                .config("catalog-keycloak.baseUrl", keycloak.url())
                .config("catalog-keycloak.realm", "acme")
                .config("catalog-keycloak.loginRealm", "ops")
                .config("catalog-keycloak.clientId", "belfry")
                .config("catalog-keycloak.clientSecret", FakeKeycloak.SECRET)
                .config("catalog-keycloak.schedule.frequency", "PT1S");
    }

    private List<String> warnings(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("app.yaml"), content);
        Config config = Config.load(List.of(file), Map.of(), folder);
        config.check("catalog-keycloak", SCHEMA);
        config.bind("catalog-keycloak", CatalogKeycloakConfig.class);
        return config.notices().warnings();
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    @Tag("soak")
    @Test
    void theCatalogFollowsTheRealmAndAFailedReadChangesNothing() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list("/users", USER)
                    .list("/groups", "{\"id\": \"2\", \"name\": \"team\", \"subGroupCount\": 0, \"subGroups\": []}")
                    .list("/groups/2/members", USER);
            try (TestHost host =
                    host(keycloak).config("belfry.outgoing.allow", "127.0.0.1").start()) {
                eventually(() -> host.catalog().groupsOf(GRACE).equals(Set.of(EntityRef.group("default", "team"))));
                assertThat(host.as("grace").get("/api/host/plugins").statusCode())
                        .isEqualTo(200);
                assertThat(storedAnnotations(host)).containsExactly("keycloak.org/id=1");

                keycloak.list("/groups/2/members");
                eventually(() -> host.catalog().groupsOf(GRACE).isEmpty());

                keycloak.list("/users");
                keycloak.fail("/groups");
                int before = keycloak.requests().size();
                eventually(() -> keycloak.requests().size() > before + 1);
                assertThat(host.catalog().contains(GRACE)).isTrue();
            }
        }
    }

    private static List<String> storedAnnotations(TestHost host) throws SQLException {
        List<String> annotations = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + host.dataDirectory() + "/catalog-keycloak.sqlite");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select annotations from directory_entity where ref = 'user:default/grace'")) {
            while (rows.next()) {
                annotations.add(rows.getString(1));
            }
        }
        return annotations;
    }

    @Test
    void anInternalAddressHasToBeAllowed() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak();
                TestHost host = host(keycloak).user("ada").start()) {
            eventually(() -> host.anonymous().get("/readyz").body().contains("catalog-keycloak: first-read: fails"));

            eventually(() -> host.as("ada")
                    .get("/api/host/plugins/catalog-keycloak")
                    .body()
                    .contains("belfry.outgoing.allow"));
            assertThat(keycloak.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"http://kc.example, true", "https://kc.example, false"})
    void aSecretWithoutEncryptionIsAWarning(URI baseUrl, boolean warned) {
        CatalogKeycloakConfig config = new CatalogKeycloakConfig(
                baseUrl, null, null, "belfry", Secret.of("secret"), null, null, null, null, null, null, null, null);

        assertThat(config.warnings().containsKey("baseUrl")).isEqualTo(warned);
    }

    @Test
    void theOtherKeysOfBackstageAreAccepted() throws Exception {
        assertThat(warnings("""
                catalog-keycloak:
                  baseUrl: https://kc.example
                  username: reader
                  password: staple
                  maxConcurrency: 20
                  briefRepresentation: true
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            username: reader                                        | username and password must both be set
            {password: staple, clientId: belfry, clientSecret: s}   | username and password must both be set
            clientId: belfry                                        | clientId and clientSecret are required, or username and password
            """)
    void credentialsMustBeComplete(String credentials, String rule) {
        String content =
                "catalog-keycloak: {baseUrl: 'https://kc.example', " + credentials.replaceAll("[{}]", "") + "}\n";

        assertThatThrownBy(() -> warnings(content))
                .hasMessageContaining("app.yaml:1: catalog-keycloak: " + rule)
                .hasMessageNotContaining("staple");
    }

    @Test
    void theSchemaDescribesTheConfiguration() {
        ConfigSchemaCheck.assertSchemaMatches(CatalogKeycloakConfig.class);
    }

    @Test
    void theScheduleMayHaveTheDurationsOfBackstage() {
        assertThat(SCHEMA.violations(Map.of("schedule", Map.of("frequency", Map.of("minutes", 30), "timeout", "3m"))))
                .noneMatch(violation -> violation.toString().contains("schedule"));
    }
}
