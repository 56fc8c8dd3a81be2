package org.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.ManualClock;
import dev.belfry.testkit.TestHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.io.IOUtils;
import org.example.apikeys.ApiKeysPlugin;
import org.example.builds.BuildsPlugin;
import org.example.roster.RosterPlugin;
import org.example.tower.TowerPlugin;
import org.example.visits.VisitsPlugin;
import org.example.weather.WeatherPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One host with all plugins of docs/recipes.md, each in a JAR of its own, does what the page says. */
class RecipesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final ManualClock CLOCK = ManualClock.at(Instant.parse("2026-11-30T10:00:00Z"));

    /** The status of the next responses of the server with the forecast. */
    private static final AtomicInteger WEATHER_STATUS = new AtomicInteger(200);

    @TempDir
    private static Path folder;

    private static HttpServer weather;
    private static TestHost host;

    @BeforeAll
    static void start() throws Exception {
        weather = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        weather.createContext("/forecast", exchange -> {
            boolean isAllowed =
                    "Bearer wetter-geheim".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"sky\":\"clear\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isAllowed ? WEATHER_STATUS.get() : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        weather.start();
        host = TestHost.with(NotificationsPlugin.class)
                .andJar(new RecipeJar(BuildsPlugin.class, "builds")
                        .dependsOn("notifications")
                        .writeTo(folder))
                .andJar(new RecipeJar(TowerPlugin.class, "tower").writeTo(folder))
                .andJar(new RecipeJar(VisitsPlugin.class, "visits").writeTo(folder))
                .andJar(new RecipeJar(WeatherPlugin.class, "weather").writeTo(folder))
                .andJar(new RecipeJar(ApiKeysPlugin.class, "api-keys").writeTo(folder))
                .andJar(new RecipeJar(RosterPlugin.class, "roster")
                        .with(CSVFormat.class)
                        .with(IOUtils.class)
                        .writeTo(folder))
                .config("ports.identity", List.of("api-keys", "belfry"))
                .config("belfry.outgoing.allow", "127.0.0.1")
                .config(
                        "weather.url",
                        "http://127.0.0.1:" + weather.getAddress().getPort() + "/forecast")
                .config("weather.token", "wetter-geheim")
                .clock(CLOCK)
                .start();
    }

    @AfterAll
    static void stop() {
        weather.stop(0);
        if (host != null) {
            host.close();
        }
    }

    @Test
    void aFailedBuildIsANotificationOfItsUser() {
        HttpResponse<String> sent =
                host.as("bob").post("/api/builds/7/failure", "{\"user\":\"ada\",\"reason\":\"the tests fail\"}");

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
        assertThat(host.as("ada").get("/api/notifications/notifications").body())
                .contains("Build 7 has failed", "the tests fail", "/builds/7", "\"origin\":\"plugin:builds\"");
        HttpResponse<String> refused =
                host.as("bob").post("/api/builds/7/failure", "{\"user\":\"nobody\",\"reason\":\"x\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("nobody");
    }

    @Test
    void thePageLoadsItsFilesAndItsScriptFindsTheRoute() {
        assertThat(host.as("ada").page("/tower/").resources())
                .anyMatch(file -> file.endsWith("/tower/app.css"))
                .anyMatch(file -> file.endsWith("/tower/app.js"));
        assertThat(host.uri("/tower/app.js").resolve("../api/tower/bells")).isEqualTo(host.uri("/api/tower/bells"));
        assertThat(host.as("ada").get("/api/tower/bells").body())
                .startsWith("[{\"name\":\"Big Ben\",\"weight\":13760}");
    }

    @Test
    void theReportIsWrittenAfterAnHour() {
        host.as("ada").post("/api/visits/");
        host.as("ada").post("/api/visits/");
        host.as("bob").post("/api/visits/");
        assertThat(host.as("ada").get("/api/visits/reports").body()).isEqualTo("[]");

        CLOCK.advance(Duration.ofHours(1));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                host.as("ada").get("/api/visits/reports").body())
                        .isEqualTo("[2]"));
    }

    @Test
    void theForecastIsFetchedWithTheSecret() {
        assertThat(host.as("ada").get("/api/weather/forecast").body()).isEqualTo("{\"sky\":\"clear\"}");

        WEATHER_STATUS.set(500);
        HttpResponse<String> failed = host.as("ada").get("/api/weather/forecast");
        WEATHER_STATUS.set(200);
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.headers().firstValue("Retry-After")).contains("30");
    }

    private static HttpResponse<String> caller(String header, String value) {
        return host.anonymous().send("GET", "/api/auth/session", BodyPublishers.noBody(), Map.of(header, value));
    }

    @Test
    void anApiKeyActsAsItsOwnerBesideTokens() {
        HttpResponse<String> created = host.as("ada").post("/api/api-keys/");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String key = created.body();

        assertThat(caller("X-API-Key", key).body()).contains("user:default/ada");
        assertThat(caller("Authorization", "Bearer " + key).body()).contains("user:default/ada");
        assertThat(caller("X-API-Key", key + "0").statusCode()).isEqualTo(401);
        assertThat(caller("Authorization", "Bearer key_0").body()).contains("the API key is unknown");
        assertThat(host.asService("ci").post("/api/api-keys/").statusCode()).isEqualTo(403);
    }

    @Test
    void theLibraryOfTheJarWritesTheList() {
        assertThat(host.as("ada").get("/api/roster/roster.csv").body())
                .isEqualTo("name,bells\r\nAda,\"treble, tenor\"\r\nBob,tenor\r\n");
    }
}
