package dev.belfry.plugins.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.Secret;
import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.directory.LeftOutLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a read of a realm returns. */
class KeycloakDirectoryTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef TEAM = EntityRef.group("default", "team");
    private static final EntityRef CHILD = EntityRef.group("default", "child");

    private static CatalogKeycloakConfig config(String url, String secret, int page) {
        return new CatalogKeycloakConfig(
                URI.create(url),
                "acme",
                "ops",
                "belfry",
                Secret.of(secret),
                page,
                page,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static CatalogKeycloakConfig configOfUser(String url, String password) {
        return new CatalogKeycloakConfig(
                URI.create(url),
                "acme",
                "ops",
                null,
                null,
                null,
                null,
                null,
                null,
                "re ader",
                Secret.of(password),
                null,
                null);
    }

    private static Map<EntityRef, CatalogEntity> read(CatalogKeycloakConfig config) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new KeycloakDirectory(
                            config, http, new LeftOutLog(LoggerFactory.getLogger(KeycloakDirectoryTest.class)))
                    .read().stream().collect(Collectors.toMap(CatalogEntity::ref, Function.identity()));
        }
    }

    private static Map<EntityRef, CatalogEntity> read(FakeKeycloak keycloak) throws Exception {
        return read(config(keycloak.url() + "/", FakeKeycloak.SECRET, 100));
    }

    private static CatalogEntity entity(Map<EntityRef, CatalogEntity> entities, EntityRef ref) {
        return Objects.requireNonNull(entities.get(ref));
    }

    private static String user(String id, String more) {
        return "{\"id\": \"%s\", \"username\": \"%s\", \"enabled\": true, \"emailVerified\": false%s}"
                .formatted("id-" + id, id, more);
    }

    private static String group(String id, int subGroups) {
        return "{\"id\": \"%s\", \"name\": \"%s\", \"path\": \"/%s\", \"subGroupCount\": %d, \"subGroups\": []}"
                .formatted("id-" + id, id, id, subGroups);
    }

    @Test
    void usersHaveNamesAddressesAndGroups() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list(
                            "/users",
                            user(
                                    "ada",
                                    ", \"firstName\": \"Ada\", \"lastName\": \"Lovelace\", \"email\": \"ada@example.org\""),
                            user("bob", ""),
                            "{\"id\": \"id-eve\", \"username\": \"eve\", \"enabled\": false}")
                    .list("/groups", group("team", 0))
                    .list(
                            "/groups/id-team/members",
                            user("ada", ""),
                            "{\"id\": \"id-eve\", \"username\": \"eve\", \"enabled\": false}");

            Map<EntityRef, CatalogEntity> entities = read(keycloak);
            assertThat(entities).containsOnlyKeys(ADA, EntityRef.user("default", "bob"), TEAM);
            assertThat(entity(entities, ADA).displayName()).contains("Ada Lovelace");
            assertThat(entity(entities, ADA).email()).contains("ada@example.org");
            assertThat(entity(entities, ADA).annotations()).isEqualTo(Map.of("keycloak.org/id", "id-ada"));
            assertThat(entity(entities, ADA).memberOf()).containsExactly(TEAM);
            assertThat(entity(entities, EntityRef.user("default", "bob")).memberOf())
                    .isEmpty();
        }
    }

    @Test
    void aUserLogsInInPlaceOfTheServiceAccount() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list("/users", user("ada", ""));

            assertThat(read(configOfUser(keycloak.url(), FakeKeycloak.PASSWORD)))
                    .containsOnlyKeys(ADA);
            assertThatThrownBy(() -> read(configOfUser(keycloak.url(), "wrong")))
                    .hasMessageContaining(
                            "login of the user re ader with the client admin-cli in the realm ops: status 401")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void subgroupsOfKeycloak23AreListsOfTheirOwn() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list("/users", user("ada", ""))
                    .list("/groups", group("team", 1))
                    .list("/groups/id-team/children", group("child", 1))
                    .list("/groups/id-child/children", group("grandchild", 0))
                    .list("/groups/id-grandchild/members", user("ada", ""));

            Map<EntityRef, CatalogEntity> entities = read(keycloak);
            EntityRef grandchild = EntityRef.group("default", "grandchild");
            assertThat(entity(entities, ADA).memberOf()).containsExactly(grandchild);
            assertThat(entity(entities, grandchild).memberOf()).containsExactly(CHILD);
            assertThat(entity(entities, CHILD).memberOf()).containsExactly(TEAM);
        }
    }

    @Test
    void subgroupsOfOlderVersionsAreWithinTheirParent() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list("/groups", """
                    {"id": "id-team", "name": "team", "path": "/team",
                     "subGroups": [{"id": "id-child", "name": "child", "path": "/team/child", "subGroups": []}]}""");

            assertThat(entity(read(keycloak), CHILD).memberOf()).containsExactly(TEAM);
        }
    }

    @Test
    void ofTwoGroupsWithOneNameTheUpperOneCounts() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list("/users", user("ada", ""))
                    .list("/groups", group("other", 1), group("team", 0))
                    .list(
                            "/groups/id-other/children",
                            "{\"id\": \"lower\", \"name\": \"team\", \"path\": \"/other/team\", \"subGroups\": []}")
                    .list("/groups/lower/members", user("ada", ""));

            Map<EntityRef, CatalogEntity> entities = read(keycloak);
            assertThat(entity(entities, TEAM).memberOf()).isEmpty();
            assertThat(entity(entities, ADA).memberOf()).isEmpty();
        }
    }

    @Test
    void everyPageIsRead() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list(
                    "/users",
                    IntStream.range(0, 25).mapToObj(i -> user("user" + i, "")).toArray(String[]::new));

            assertThat(read(config(keycloak.url(), FakeKeycloak.SECRET, 5))).hasSize(25);
            assertThat(keycloak.requests())
                    .contains("/admin/realms/acme/users?first=20&max=5&briefRepresentation=true");
        }
    }

    @Test
    void aTokenThatExpiresIsRenewed() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak(2)) {
            keycloak.list(
                    "/users",
                    IntStream.range(0, 25).mapToObj(i -> user("user" + i, "")).toArray(String[]::new));

            assertThat(read(config(keycloak.url(), FakeKeycloak.SECRET, 5))).hasSize(25);
            assertThat(keycloak.requests()).filteredOn("login"::equals).hasSizeGreaterThan(2);
        }
    }

    @Test
    void aWrongSecretIsAnErrorThatDoesNotShowIt() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            assertThatThrownBy(() -> read(config(keycloak.url(), "wrong battery", 100)))
                    .hasMessage(keycloak.url() + ": login of the client belfry in the realm ops: status 401");
        }
    }

    @Test
    void aListThatFailsIsAnError() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list("/users", user("ada", "")).list("/groups", group("team", 0));
            keycloak.fail("/groups/id-team/members");

            assertThatThrownBy(() -> read(keycloak))
                    .hasMessage(keycloak.url() + ": GET /admin/realms/acme/groups/id-team/members: status 500");
        }
    }

    @Test
    void aWrongConfigurationIsRefused() {
        assertThatThrownBy(() -> config("ldap://example.org", "x", 100))
                .hasMessage("baseUrl must have the form https://host, not ldap://example.org");
        assertThatThrownBy(() -> config("https://example.org", "x", 0))
                .hasMessage("userQuerySize must be 1 to 10000, not 0");
    }
}
