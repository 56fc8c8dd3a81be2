package dev.belfry.plugins.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.testkit.ConfigSchemaCheck;
import dev.belfry.testkit.TestHost;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pushed user or group is in the catalog, and who may push. */
class CatalogScimPluginTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final EntityRef BARBARA = EntityRef.user("default", "bjensen_example.com");
    private static final EntityRef GUIDES = EntityRef.group("default", "tour_guides");

    private static TestHost start() {
        return TestHost.with(CatalogScimPlugin.class).start();
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aPushedUserSignsInAndBelongsToPushedGroups(Dialect dialect) {
        try (TestHost host =
                TestHost.with(CatalogScimPlugin.class).database(dialect).start()) {
            ScimClient idp = new ScimClient(host);
            assertThat(host.as("bjensen_example.com").get("/api/host/plugins").statusCode())
                    .isEqualTo(401);

            assertTextsThatCannotBeStoredAreRefused(idp);
            String id = idp.createUser("bjensen@example.com");
            String group = idp.createGroup("Tour Guides", id);
            eventually(() -> host.catalog().groupsOf(BARBARA).equals(Set.of(GUIDES)));
            assertThat(host.as("bjensen_example.com").get("/api/host/plugins").statusCode())
                    .isEqualTo(200);

            idp.patch("/Groups/" + group, "[{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + id + "\\\"]\"}]");
            eventually(() -> host.catalog().groupsOf(BARBARA).isEmpty());
            idp.ok("DELETE", "/Users/" + id, "");
            eventually(() -> !host.catalog().contains(BARBARA));
            assertThat(host.as("bjensen_example.com").get("/api/host/plugins").statusCode())
                    .isEqualTo(401);
        }
    }

    /** A NUL is an error of PostgreSQL, and half of a surrogate pair would be stored as a question mark. */
    private static void assertTextsThatCannotBeStoredAreRefused(ScimClient idp) {
        String user = "{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"u\", %s}";
        assertRefused(
                idp.send("POST", "/Users", user.formatted("\"externalId\": \"n\\u0000ul\"")),
                "externalId must not have U+0000 (character 2)");
        assertRefused(
                idp.send("POST", "/Users", user.formatted("\"name\": {\"givenName\": \"c\\ud800\"}")),
                "name.givenName must not have U+D800 (character 2)");
        assertRefused(
                idp.send("GET", "/Users?filter=userName%20eq%20%22n%5Cu0000ul%22", ""),
                "the value in the filter must not have U+0000");
        assertThat(idp.send("GET", "/Users/a%00b", "").statusCode()).isEqualTo(400);
    }

    private static void assertRefused(HttpResponse<String> response, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(ScimClient.json(response).get("detail").textValue()).contains(detail);
    }

    @Tag("soak")
    @Test
    void anInactiveUserLeavesTheCatalogUntilItIsActiveAgain() {
        try (TestHost host = start()) {
            ScimClient idp = new ScimClient(host);
            String id = idp.createUser("bjensen@example.com");
            eventually(() -> host.catalog().contains(BARBARA));

            JsonNode inactive = idp.patch("/Users/" + id, "[{\"op\": \"replace\", \"value\": {\"active\": false}}]");
            assertThat(inactive.get("active").booleanValue()).isFalse();
            eventually(() -> !host.catalog().contains(BARBARA));

            idp.patch("/Users/" + id, "[{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"True\"}]");
            eventually(() -> host.catalog().contains(BARBARA));
        }
    }

    @Tag("soak")
    @Test
    void membersOfAChildGroupBelongToItsParents() {
        try (TestHost host = TestHost.with(CatalogScimPlugin.class)
                .config("catalog.nestedGroups", true)
                .start()) {
            ScimClient idp = new ScimClient(host);
            String guides = idp.createGroup("Tour Guides", idp.createUser("bjensen@example.com"));
            idp.createGroup("Employees", guides);

            eventually(() ->
                    host.catalog().groupsOf(BARBARA).equals(Set.of(GUIDES, EntityRef.group("default", "employees"))));
        }
    }

    @Tag("soak")
    @Test
    void theStoredUsersAreThereAsSoonAsThePluginRunsAgain() {
        try (TestHost host = start()) {
            new ScimClient(host).createUser("bjensen@example.com");
            eventually(() -> host.catalog().contains(BARBARA));

            host.asService("operator").post("/api/host/plugins/catalog-scim/disable");
            eventually(() -> !host.catalog().contains(BARBARA));
            host.asService("operator").post("/api/host/plugins/catalog-scim/enable");
            assertThat(host.catalog().contains(BARBARA)).isTrue();
        }
    }

    @Test
    void theLocalPartOfAUserNameCanBeTheName() {
        try (TestHost host = TestHost.with(CatalogScimPlugin.class)
                .config("catalog-scim.userName", "local-part")
                .config("catalog-scim.namespace", "corp")
                .start()) {
            new ScimClient(host).createUser("bjensen@example.com");
            eventually(() -> host.catalog().contains(EntityRef.user("corp", "bjensen")));
        }
    }

    @Tag("soak")
    @Test
    void usersMayNotPush() {
        try (TestHost host = start()) {
            HttpResponse<String> response = host.as("ada").get("/api/catalog-scim/v2/Users");

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("only services may change users and groups, not user:default/ada");
            assertThat(host.anonymous().get("/api/catalog-scim/v2/Users").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aServiceNeedsThePermission() throws Exception {
        Map<String, Object> provision = Map.of("plugin", "catalog-scim", "permission", "catalog-scim.provision");
        Map<String, Object> other = Map.of("plugin", "catalog-scim", "permission", "catalog-scim.other");
        try (TestHost host = TestHost.with(CatalogScimPlugin.class)
                .config(
                        "backend.auth.externalAccess",
                        List.of(
                                external("entra-token-0123456789", provision),
                                external("other-token-0123456789", other)))
                .start()) {
            assertThat(statusWith(host, "entra-token-0123456789")).isEqualTo(200);
            assertThat(statusWith(host, "other-token-0123456789")).isEqualTo(403);
        }
    }

    private static Map<String, Object> external(String token, Map<String, Object> restriction) {
        return Map.of(
                "type", "static",
                "options", Map.of("token", token, "subject", token.substring(0, 5)),
                "accessRestrictions", List.of(restriction));
    }

    private static int statusWith(TestHost host, String token) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(host.uri("/api/catalog-scim/v2/Users"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return http.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void aMetricSaysWhenTheIdentityProviderHasAskedLast() {
        try (TestHost host = start()) {
            new ScimClient(host).ok("GET", "/Users", "");

            assertThat(host.asService("operator").get("/metrics").body())
                    .containsPattern("catalog_scim_last_request_age_seconds\\{plugin=\"catalog-scim\"\\} [0-9]");
        }
    }

    @Test
    void theSchemaDescribesTheConfiguration() {
        ConfigSchemaCheck.assertSchemaMatches(CatalogScimConfig.class);
    }
}
