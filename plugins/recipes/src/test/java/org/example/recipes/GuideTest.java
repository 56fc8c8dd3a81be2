package org.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.ManualClock;
import dev.belfry.testkit.TestEventStream;
import dev.belfry.testkit.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.example.guide.bells.TwoBellsPlugin;
import org.example.guide.ding.DingPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One host with two plugins that contain the code blocks of docs/writing-a-plugin.md. */
class GuideTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path FILES = Path.of("src/test/guide");
    private static final ManualClock CLOCK = ManualClock.at(Instant.parse("2026-11-30T10:00:00Z"));

    @TempDir
    private static Path folder;

    private static TestHost host;

    @BeforeAll
    static void start() throws Exception {
        host = TestHost.with(NotificationsPlugin.class)
                .andJar(new RecipeJar(TwoBellsPlugin.class, "two-bells", FILES.resolve("two-bells"))
                        .exports("org.example.guide.bells.chimes")
                        .dependsOn("notifications")
                        .writeTo(folder))
                .andJar(new RecipeJar(DingPlugin.class, "ding", FILES.resolve("ding"))
                        .dependsOn("two-bells")
                        .writeTo(folder))
                .config("two-bells.tone", "c")
                .config("ding.tower", "http://tower.example.com")
                .config("belfry.outgoing.allow", "127.0.0.1")
                .clock(CLOCK)
                .start();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    private static String get(String path) {
        return host.as("ada").get(path).body();
    }

    private static void awaitBody(String path, String body) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(get(path)).isEqualTo(body));
    }

    @Test
    void extensionsAndServicesCrossFromPluginToPlugin() {
        assertThat(get("/api/two-bells/chimes")).isEqualTo("[\"ding\"]");
        assertThat(get("/api/ding/ring")).isEqualTo("ding for ding");
    }

    @Test
    void anEventReachesTheDependent() {
        host.as("ada").post("/api/two-bells/announce");

        awaitBody("/api/ding/heard", "[{\"sound\":\"ding\"}]");
    }

    @Test
    void aChangedConfigurationIsReceived() {
        assertThat(get("/api/two-bells/tone")).isEqualTo("c");

        host.changeConfig("two-bells.tone", "d");
        awaitBody("/api/two-bells/tone", "d");
        host.changeConfig("two-bells.tone", "c");
        awaitBody("/api/two-bells/tone", "c");
    }

    @Test
    void publishedUsersAreInTheCatalog() {
        EntityRef ringers = EntityRef.group("default", "ringers");
        assertThat(host.catalog().groupsOf(EntityRef.user("default", "cleo"))).contains(ringers);
    }

    @Test
    void aNotificationReachesItsUser() {
        String id = host.as("bob").post("/api/two-bells/notify").body();

        assertThat(host.as("bob").get("/api/notifications/notifications/" + id).body())
                .contains("Build 7 has failed", "/builds/7");
    }

    @Test
    void aStreamGetsEvents() {
        try (TestEventStream events = host.as("ada").events("/api/two-bells/rings")) {
            host.as("bob").post("/api/two-bells/ring");
            assertThat(events.next().name()).isEqualTo("ring");
        }
        try (TestEventStream events = host.as("ada").events("/api/two-bells/rings", "17")) {
            assertThat(events.next().data()).isEqualTo("after 17");
        }
    }

    @Test
    void pagesAndFilesAreServed() {
        assertThat(host.as("ada").page("/two-bells/").resources()).hasSize(2);
        assertThat(host.as("ada").page("/two-bells/17").html()).contains("<p>bell</p>");
        assertThat(host.anonymous().get("/two-bells/17").statusCode()).isEqualTo(401);
        assertThat(host.as("ada").get("/two-bells/a/b").body()).contains("<p>missing</p>");
    }

    @Test
    void theClientReachesAllowedServers() {
        assertThat(host.as("ada")
                        .post(
                                "/api/two-bells/fetch",
                                host.uri("/api/two-bells/hello").toString())
                        .body())
                .isEqualTo("Hello!");
    }

    @Test
    void aStoredMailIsSent() {
        String mail = "{\"id\":\"1\",\"address\":\"ada@example.com\",\"text\":\"ding\"}";
        host.as("ada").post("/api/two-bells/mails", mail);

        awaitBody("/api/two-bells/sent", "[" + mail + "]");
    }

    @Test
    void theJobRunsAfterAnHour() {
        assertThat(get("/api/two-bells/reports")).isEqualTo("0");

        CLOCK.advance(Duration.ofHours(1));
        awaitBody("/api/two-bells/reports", "1");
    }

    @Test
    void aFailureThatIsNoOutageStaysItself() {
        assertThat(host.as("ada").get("/api/two-bells/missing").statusCode()).isEqualTo(500);
    }
}
