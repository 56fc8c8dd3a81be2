package dev.belfry.host.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.RunningHost;
import dev.belfry.host.nimbus.JwtIdentity;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogRoutesTest {

    @TempDir
    private static Path folder;

    private static RunningHost host;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("company.yaml"), """
                kind: User
                metadata: { name: ada }
                spec: { profile: { displayName: Ada Lovelace } }
                ---
                kind: User
                metadata: { name: guest }
                ---
                kind: User
                metadata: { name: mary-adams }
                ---
                kind: Group
                metadata: { name: team-a, title: Adventurers }
                """);
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/reader, catalog.entity.read, read, allow
                g, user:default/guest, role:default/reader
                """);
        host = RunningHost.start(folder, """
                catalog: { locations: [ { target: company.yaml } ] }
                permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }
                auth: { developmentTokens: true }
                """);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static List<String> refs(String query) throws IOException {
        HttpResponse<String> response = host.get("/api/catalog/entities?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode items = new ObjectMapper().readTree(response.body()).get("items");
        return items.findValuesAsText("ref");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind=user&query=ad            | user:default/ada,user:default/mary-adams
            kind=user&query=LOVE          | user:default/ada
            kind=user&query=ada%20lo      | user:default/ada
            kind=user&query=dams          | ''
            kind=user&query=ad&limit=1    | user:default/ada
            kind=user                     | user:default/ada,user:default/guest,user:default/mary-adams
            kind=group&query=adv          | group:default/team-a
            kind=group&query=team         | group:default/team-a
            kind=user&query=%25           | ''
            """)
    void wordsThatBeginWithTheQueryAreFound(String query, String expected) throws Exception {
        assertThat(String.join(",", refs(query))).isEqualTo(expected);
    }

    @Test
    void anEntityWithoutADisplayNameHasItsName() {
        assertThat(host.get("/api/catalog/entities?kind=user&query=mary").body())
                .isEqualTo("{\"items\":[{\"ref\":\"user:default/mary-adams\",\"displayName\":\"mary-adams\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kind=component",
                "kind=user&limit=0",
                "kind=user&limit=101",
                "kind=user&limit=x",
                "kind=user&q=a"
            })
    void aWrongParameterIsNamed(String query) {
        HttpResponse<String> response = host.get("/api/catalog/entities?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).containsAnyOf("'kind'", "'limit'", "'q'");
    }

    @Test
    void nobodyGetsNoEntities() {
        assertThat(host.get("/api/catalog/entities?kind=user", "X-Forwarded-For", "192.0.2.1")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aUserWithoutThePermissionIsRefused() throws IOException {
        String token = JwtIdentity.mint(folder.resolve("data"), Clock.systemUTC())
                .forUser(EntityRef.user("default", "ada"), Duration.ofMinutes(1));

        HttpResponse<String> response = host.get("/api/catalog/entities?kind=user", "Authorization", "Bearer " + token);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("catalog.entity.read");
    }
}
