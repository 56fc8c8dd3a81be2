package dev.belfry.host.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's API and pages. */
class OperationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Uses every feature of the plugin API. */
    public static final class BellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.healthCheck("rope", () -> {});
            context.provide(Runnable.class, () -> {});
            context.routes(routes -> {
                routes.get("/ring", Access.PUBLIC, (request, caller) -> request.result("ding"));
                routes.get("/breaks", Access.AUTHENTICATED, (request, caller) -> {
                    throw new IllegalStateException("cracked");
                });
                routes.post("/tune", new Permission("bell.tune", Permission.Action.UPDATE), (request, caller) -> {});
            });
        }
    }

    @TempDir
    private Path folder;

    private Path drop;

    @BeforeEach
    void dropAPlugin() {
        drop = RunningHost.dropFolder(folder);
        PluginJar.of(BellPlugin.class, "bell", "1.0.0")
                .attribute("Plugin-Dependencies", "tower?@>=1.0.0")
                .writeTo(drop.resolve("bell.jar"));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> post(RunningHost host, String path, String... headers) {
        return host.send("POST", path, BodyPublishers.noBody(), headers);
    }

    @Test
    void pluginDetailsAreShown() throws IOException {
        try (RunningHost host = RunningHost.start(folder)) {
            host.get("/api/bell/ring");
            host.get("/api/bell/breaks");
            JsonNode bell = json(host.get("/api/host/plugins/bell"));

            assertThat(bell.at("/plugin/state").textValue()).isEqualTo("RUNNING");
            assertThat(bell.at("/plugin/generation").textValue()).isEqualTo("bell#1");
            assertThat(bell.at("/plugin/startedInMs").longValue()).isPositive();
            assertThat(bell.at("/plugin/dependencies"))
                    .isEqualTo(JSON.readTree("[{\"id\":\"tower\",\"range\":\">=1.0.0\",\"optional\":true}]"));
            assertThat(bell.at("/routes")).isEqualTo(JSON.readTree("""
                    [{"method":"GET","path":"/ring","access":"PUBLIC"},
                     {"method":"GET","path":"/breaks","access":"AUTHENTICATED"},
                     {"method":"POST","path":"/tune","access":"bell.tune (update)"}]"""));
            assertThat(bell.at("/provides")).isEqualTo(JSON.readTree("[\"java.lang.Runnable\"]"));
            assertThat(bell.at("/health")).isEqualTo(JSON.readTree("{\"rope\":\"ok\"}"));
            assertThat(bell.at("/requests")).isEqualTo(JSON.readTree("{\"count\":2,\"errors\":1}"));
        }
    }

    @Test
    void anUnknownPluginIs404() {
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/api/host/plugins/gong").statusCode()).isEqualTo(404);
            assertThat(post(host, "/api/host/plugins/gong/restart").body()).contains("there is no plugin 'gong'");
        }
    }

    @Test
    void aRestartStartsANewGeneration() throws IOException {
        try (RunningHost host = RunningHost.start(folder)) {
            JsonNode bell = json(post(host, "/api/host/plugins/bell/restart"));

            assertThat(bell.at("/plugin/generation").textValue()).isEqualTo("bell#2");
            assertThat(host.get("/api/bell/ring").body()).isEqualTo("ding");
        }
    }

    @Test
    void aDisabledPluginStaysDisabledAfterARestartOfTheHost() throws IOException {
        try (RunningHost host = RunningHost.start(folder)) {
            JsonNode bell = json(post(host, "/api/host/plugins/bell/disable"));
            assertThat(bell.at("/plugin/state").textValue()).isEqualTo("DISABLED");
            assertThat(bell.at("/plugin/reason").textValue()).isEqualTo("an operator has disabled it");
        }
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/api/bell/ring").statusCode()).isEqualTo(404);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);

            JsonNode bell = json(post(host, "/api/host/plugins/bell/enable"));
            assertThat(bell.at("/plugin/state").textValue()).isEqualTo("RUNNING");
            assertThat(host.get("/api/bell/ring").body()).isEqualTo("ding");
        }
    }

    @Test
    void aPageOfAnotherSiteMayNotOperate() {
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(post(host, "/api/host/plugins/bell/disable", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(host.get("/api/bell/ring").body()).isEqualTo("ding");
        }
    }

    @Test
    void readingAndOperatingNeedPermissions() throws IOException {
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/reader, host.plugins.read, read, allow
                g, user:default/guest, role:default/reader
                """);
        try (RunningHost host =
                RunningHost.start(folder, "permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }")) {
            assertThat(host.get("/api/host/plugins/bell").statusCode()).isEqualTo(200);
            for (String operation : new String[] {"restart", "disable", "enable"}) {
                HttpResponse<String> refused = post(host, "/api/host/plugins/bell/" + operation);
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.body()).contains("host.plugins.update");
            }
        }
    }

    @Test
    void apiDocumentsOfPluginsAndHostAreShown() throws IOException {
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/api/host/docs").body()).contains("swagger-ui-bundle.js");
            assertThat(host.get("/api/host/docs/start.js").body())
                    .contains(
                            "{\"name\":\"host\",\"url\":\"/api/host/openapi.json\"}",
                            "/api/auth/openapi.json",
                            "/api/catalog/openapi.json")
                    .doesNotContain("bell", "${");
            for (String file : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}) {
                assertThat(host.get("/api/host/docs/" + file).statusCode()).isEqualTo(200);
            }
            assertThat(host.get("/api/host/docs/pom.xml").statusCode()).isEqualTo(404);
            JsonNode document = json(host.get("/api/host/openapi.json"));
            assertThat(document.at("/paths").fieldNames())
                    .toIterable()
                    .contains("/plugins", "/plugins/{id}", "/plugins/{id}/restart");
            for (String api : new String[] {"/api/auth", "/api/catalog"}) {
                JsonNode paths = json(host.get(api + "/openapi.json")).path("paths");
                assertThat(paths.isEmpty()).isFalse();
                paths.fieldNames()
                        .forEachRemaining(
                                path -> assertThat(host.get(api + path).statusCode())
                                        .as(api + path)
                                        .isNotEqualTo(404));
            }
        }
    }

    @Test
    void noPluginMayUseTheHostsId() {
        PluginJar.of(BellPlugin.class, "host", "1.0.0").writeTo(drop.resolve("thief.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("thief").reason())
                    .contains("Plugin-Id 'host' is reserved for the host; choose another");
        }
    }
}
