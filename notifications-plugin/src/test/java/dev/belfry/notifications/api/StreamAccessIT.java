package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.ReceivedEvent;
import dev.belfry.testkit.TestEventStream;
import dev.belfry.testkit.TestHost;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams under a policy, and while the plugin is replaced. */
class StreamAccessIT {

    private static final String STREAM = "/api/notifications/stream";

    @Test
    void aStreamAndATicketNeedThePermissionOfLists() {
        try (TestHost host = TestHost.with(NotificationsPlugin.class)
                .policy(
                        "p, role:default/reader, notifications.list, read, allow",
                        "g, user:default/ada, role:default/reader")
                .start()) {
            HttpResponse<String> refused = host.as("bob").get(STREAM);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("notifications.list");
            assertThat(host.as("bob").post(STREAM + "/ticket").statusCode()).isEqualTo(403);
            assertThat(host.as("bob").get("/api/notifications/capabilities").body())
                    .contains("\"create\":false", "\"stream\":false");

            try (TestEventStream events = host.as("ada").events(STREAM)) {
                assertThat(events.next().name()).isEqualTo("count");
            }
            assertThat(host.as("ada").post(STREAM + "/ticket").statusCode()).isEqualTo(201);
            assertThat(host.as("ada").get("/api/notifications/capabilities").body())
                    .isEqualTo("{\"create\":false,\"createForEveryone\":false,\"markAll\":false,\"stream\":true,"
                            + "\"mute\":false,\"everyone\":null}");
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void aReplacementOfThePluginLosesNothing(Setting setting) {
        try (TestHost host = setting.host().start()) {
            List<String> seen = new ArrayList<>();
            String last = "";
            for (int i = 0; i < 3; i++) {
                try (TestEventStream events = last.isEmpty()
                        ? host.as("ada").events(STREAM)
                        : host.as("ada").events(STREAM, last)) {
                    create(host, "before " + i);
                    last = readUntil(events, "before " + i, seen);
                    assertThat(host.as("ada")
                                    .post("/api/host/plugins/notifications/restart")
                                    .statusCode())
                            .isEqualTo(200);
                    await().until(() -> events.retry().isPresent());
                }
                create(host, "meanwhile " + i);
            }
            try (TestEventStream events = host.as("ada").events(STREAM, last)) {
                readUntil(events, "meanwhile 2", seen);
            }
            assertThat(seen)
                    .containsExactly("before 0", "meanwhile 0", "before 1", "meanwhile 1", "before 2", "meanwhile 2");
        }
    }

    private static void create(TestHost host, String title) {
        assertThat(host.as("bob")
                        .post(
                                Setting.BASE,
                                "{\"origin\":\"o\",\"title\":\"%s\",\"targetUsers\":[\"default/ada\"]}"
                                        .formatted(title))
                        .statusCode())
                .isEqualTo(200);
    }

    /** Reads until a title. Returns the id of that event. */
    private static String readUntil(TestEventStream events, String title, List<String> seen) {
        while (true) {
            ReceivedEvent event = events.next();
            assertThat(event.name()).isNotEqualTo("reset");
            if (event.name().equals("created")) {
                String found = event.data().replaceFirst(".*\"title\":\"([^\"]*)\".*", "$1");
                seen.add(found);
                if (found.equals(title)) {
                    return event.id().orElseThrow();
                }
            }
        }
    }
}
