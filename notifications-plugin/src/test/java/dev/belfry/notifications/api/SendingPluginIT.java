package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestClient;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Another plugin sends notifications, without HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendingPluginIT {

    private static final String API = "/api/notifications/notifications";

    private TestHost host;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        host = TestHost.with(NotificationsPlugin.class)
                .fromBuiltJar()
                .andJar(OtherPluginJar.write(
                        folder.resolve("reporter.jar"), ReporterPlugin.class, "reporter", "notifications"))
                .user("cyd")
                .user("dora", "platform")
                .start();
    }

    @AfterAll
    void stop() {
        host.close();
    }

    private HttpResponse<String> report(String path) {
        return host.as("ada").post("/api/reporter/" + path);
    }

    private HttpResponse<String> report(String path, String body) {
        return host.as("ada").post("/api/reporter/" + path, body);
    }

    @Test
    void aPluginSendsANotificationInItsOwnName() {
        String id = report("failed/bob").body();

        String inbox = host.as("bob").get(API).body();
        assertThat(inbox)
                .contains("\"id\":\"" + id + "\"", "\"origin\":\"plugin:reporter\"", "Build 7 has failed")
                .contains("3 tests", "builds", "/builds/7");
        assertThat(host.as("cyd").get(API).body()).doesNotContain("Build 7");
    }

    @Test
    void aPluginNotifiesGroupsAndEveryone() {
        report("group/platform");
        report("everyone");

        TestClient dora = host.as("dora");
        assertThat(dora.get(API).body()).contains("To the group").doesNotContain("To everyone");
        assertThat(dora.get(API + "?messageScope=system").body()).contains("To everyone");
    }

    @Test
    void theRulesAreThoseOfTheRestApi() {
        String tooLong = "x".repeat(256);
        assertSameRule(report("title", tooLong), "{\"origin\":\"o\",\"title\":\"" + tooLong + "\"}");
        assertSameRule(
                report("action", "javascript:alert(1)"),
                "{\"origin\":\"o\",\"title\":\"t\",\"actions\":[{\"title\":\"s\",\"url\":\"javascript:alert(1)\"}]}");
        assertSameRule(
                report("failed/nobody"), "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"default/nobody\"]}");
    }

    private void assertSameRule(HttpResponse<String> ofPlugin, String json) {
        HttpResponse<String> ofRest = host.as("ada").post(API, json);

        assertThat(ofRest.statusCode()).isEqualTo(400);
        assertThat(ofPlugin.statusCode()).isEqualTo(400);
        assertThat(message(ofPlugin)).isNotEmpty().isEqualTo(message(ofRest));
    }

    private static String message(HttpResponse<String> response) {
        return response.body().replaceAll("(?s).*\"message\":\"(.*?)\".*", "$1");
    }

    @Test
    void targetsAreUsersAndGroupsAndNeverNone() {
        assertThat(message(report("component")))
                .isEqualTo("the target 'component:default/bell' must be a user or a group");
        assertThat(message(report("nobody"))).isEqualTo("targets must not be empty; toEveryone notifies everyone");
    }
}
