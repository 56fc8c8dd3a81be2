package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.testkit.TestClient;
import dev.belfry.testkit.TestHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Authentication and permissions. Each test has its own host. */
@ParameterizedClass
@EnumSource(Setting.class)
class CallerIT {

    private static final String MESSAGE = "{\"origin\":\"o\",\"title\":\"t\"}";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String SECRET = "a secret that is shared";

    private final Setting setting;

    CallerIT(Setting setting) {
        this.setting = setting;
    }

    private static int create(TestClient client, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(JSON);
        all.putAll(headers);
        return client.send("POST", Setting.BASE, BodyPublishers.ofString(MESSAGE), all)
                .statusCode();
    }

    private static int list(TestClient client, Map<String, String> headers) {
        return client.send("GET", Setting.BASE, BodyPublishers.noBody(), headers)
                .statusCode();
    }

    private static int archive(TestClient client, String method, String path) {
        return client.send(
                        method,
                        Setting.BASE + path,
                        BodyPublishers.noBody(),
                        Map.of("notifications-secret", SECRET, "Content-Type", "application/x-ndjson"))
                .statusCode();
    }

    @Test
    void theTokenNamesTheUser() {
        try (TestHost host = setting.host().start()) {
            host.as("ada").post(Setting.BASE, "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"default/bob\"]}");

            assertThat(host.as("bob").get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":1}");
            assertThat(host.as("ada").get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":0}");
        }
    }

    @Test
    void aUserWhoIsNotInTheCatalogIsRejected() {
        try (TestHost host = setting.host().start()) {
            assertThat(create(host.as("eve"), Map.of())).isEqualTo(401);
            assertThat(list(host.as("eve"), Map.of())).isEqualTo(401);
        }
    }

    @Test
    void requestsWithoutCredentialsAreRejectedUnlessGuestsAreAllowed() {
        try (TestHost host = setting.host().start()) {
            assertThat(create(host.anonymous(), Map.of())).isEqualTo(401);
            assertThat(list(host.anonymous(), Map.of())).isEqualTo(401);
        }
        try (TestHost host = setting.host().guest().start()) {
            assertThat(create(host.anonymous(), Map.of())).isEqualTo(200);
            assertThat(list(host.anonymous(), Map.of())).isEqualTo(200);
            host.as("ada").post(Setting.BASE, "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"default/guest\"]}");
            assertThat(host.anonymous().get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":1}");
        }
    }

    @Test
    void invalidCredentialsNeverMakeAGuest() {
        try (TestHost host = setting.host().guest().start()) {
            String broken = host.tokenOf("ada") + "x";
            assertThat(list(host.anonymous(), Map.of("Authorization", "Bearer " + broken)))
                    .isEqualTo(401);
            assertThat(list(host.anonymous(), Map.of("Authorization", "Bearer x")))
                    .isEqualTo(401);
            assertThat(list(host.anonymous(), Map.of("Authorization", "bEaReR " + host.tokenOf("ada"))))
                    .isEqualTo(200);
            assertThat(list(host.anonymous(), Map.of("Authorization", "Basic eDp5")))
                    .isEqualTo(401);
        }
    }

    @Test
    void aSharedSecretAuthenticatesAnExternalCaller() {
        try (TestHost host = setting.host()
                .guest()
                .config("notifications.externalCallerSecret", SECRET)
                .start()) {
            assertThat(create(host.anonymous(), Map.of("notifications-secret", SECRET)))
                    .isEqualTo(200);
            assertThat(list(host.anonymous(), Map.of("notifications-secret", SECRET)))
                    .isEqualTo(200);
            // It was given to senders, not to readers of all notifications.
            assertThat(archive(host.anonymous(), "GET", "/export")).isEqualTo(403);
            assertThat(archive(host.anonymous(), "POST", "/import")).isEqualTo(403);
            assertThat(create(host.anonymous(), Map.of("notifications-secret", SECRET + "x")))
                    .isEqualTo(401);
            assertThat(create(host.anonymous(), Map.of("notifications-secret", "")))
                    .isEqualTo(401);
            assertThat(create(host.anonymous(), Map.of())).isEqualTo(401);
            assertThat(list(host.anonymous(), Map.of())).isEqualTo(401);
            assertThat(create(host.asService("ci"), Map.of())).isEqualTo(200);
            assertThat(create(host.as("ada"), Map.of("notifications-secret", "wrong")))
                    .isEqualTo(200);
        }
    }

    @Test
    void aSecretThatIsNotConfiguredIsIgnored() {
        try (TestHost host = setting.host().guest().start()) {
            assertThat(create(host.anonymous(), Map.of("notifications-secret", "anything")))
                    .isEqualTo(200);
        }
    }

    @Test
    void aServiceReadsAsTheGuestIfTheCatalogHasOne() {
        try (TestHost host = setting.host().user("guest").start()) {
            host.as("ada").post(Setting.BASE, "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"default/guest\"]}");

            assertThat(host.asService("ci").get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":1}");
        }
        try (TestHost host = setting.host().start()) {
            assertThat(create(host.asService("ci"), Map.of())).isEqualTo(200);
            assertThat(list(host.asService("ci"), Map.of())).isEqualTo(403);
        }
    }

    @Test
    void everyEndpointChecksItsPermission() {
        try (TestHost host = setting.host()
                .policy(
                        "p, role:default/sender, notifications.create, create, allow",
                        "p, role:default/reader, notifications.list, read, allow",
                        "p, role:default/marker, notifications.update.read, update, allow",
                        "g, user:default/ada, role:default/sender",
                        "g, group:default/readers, role:default/reader",
                        "g, user:default/mia, role:default/marker")
                .user("bob", "readers")
                .user("mia")
                .start()) {
            assertThat(statuses(host.as("ada"))).containsExactly(200, 403, 403, 403);
            assertThat(statuses(host.as("bob"))).containsExactly(403, 200, 200, 403);
            assertThat(statuses(host.as("mia"))).containsExactly(403, 403, 403, 404);
        }
    }

    @Test
    void withoutAPolicyUsersReachTheirInboxAndTheSettingDecidesAboutSending() {
        try (TestHost host =
                setting.host().config("permission", Map.of()).guest().start()) {
            assertThat(statuses(host.anonymous())).containsExactly(200, 200, 200, 404);
            assertThat(host.anonymous().get("/api/host/plugins").statusCode()).isEqualTo(403);
        }
        try (TestHost host = setting.host()
                .config("permission", Map.of("enabled", true))
                .guest()
                .start()) {
            assertThat(statuses(host.anonymous())).containsExactly(403, 200, 200, 404);
            assertThat(host.as("ada").post(Setting.BASE, MESSAGE).body())
                    .contains("p, role:default/notifications-create-create, notifications.create, create, allow")
                    .contains("g, user:default/ada, role:default/notifications-create-create");
        }
    }

    private static List<Integer> statuses(TestClient client) {
        String unknown = "/read?read=true&messageId=0190b2a5-e3c1-7d21-a1d1-f3a9b6c00000";
        return List.of(
                create(client, Map.of()),
                list(client, Map.of()),
                client.get(Setting.BASE + "/count").statusCode(),
                client.put(Setting.BASE + unknown).statusCode());
    }

    @Test
    void anExternalCallerIsLimitedByItsRestrictions() {
        try (TestHost host = setting.host()
                .policy("p, role:default/none, none, read, allow")
                .user("guest")
                .config(
                        "backend.auth.externalAccess",
                        List.of(Map.of(
                                "type",
                                "static",
                                "options",
                                Map.of("token", "static-token-of-ci", "subject", "ci"),
                                "accessRestrictions",
                                List.of(Map.of("plugin", "notifications", "permission", "notifications.create")))))
                .start()) {
            Map<String, String> token = Map.of("Authorization", "Bearer static-token-of-ci");
            assertThat(create(host.anonymous(), token)).isEqualTo(200);
            assertThat(list(host.anonymous(), token)).isEqualTo(403);
        }
    }

    @Test
    void anEmptyArrayOfTargetsCanBeForbidden() {
        try (TestHost host =
                setting.host().config("notifications.emptyTargets", "reject").start()) {
            HttpResponse<String> empty =
                    host.as("ada").post(Setting.BASE, "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[]}");
            assertThat(empty.statusCode()).isEqualTo(400);
            assertThat(host.as("ada").post(Setting.BASE, MESSAGE).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void furtherSchemesOfActionsCanBeAllowed() {
        try (TestHost host = setting.host()
                .config("notifications.actionUrlSchemes", List.of("slack"))
                .start()) {
            String action = "{\"origin\":\"o\",\"title\":\"t\",\"actions\":[{\"title\":\"t\",\"url\":\"%s\"}]}";
            assertThat(host.as("ada")
                            .post(Setting.BASE, action.formatted("slack://channel/x"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(host.as("ada")
                            .post(Setting.BASE, action.formatted("ftp://x"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void anAcknowledgedMessageIsVisibleAfterTheResponse() {
        try (TestHost host = setting.host().start()) {
            for (int i = 0; i < 20; i++) {
                host.as("ada")
                        .post(Setting.BASE, "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"default/bob\"]}");
                assertThat(host.as("bob").get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":" + (i + 1) + "}");
            }
        }
    }

    @Test
    void unknownPathsAndMethodsAreAnsweredByTheContract() {
        try (TestHost host = setting.host().start()) {
            TestClient ada = host.as("ada");
            HttpResponse<String> unknown = ada.get("/api/notifications/nothing");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("NotFoundError");
            HttpResponse<String> method = ada.delete(Setting.BASE);
            assertThat(method.statusCode()).isEqualTo(405);
            assertThat(method.body()).contains("MethodNotAllowedError");
            assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
            assertThat(ada.get(Setting.BASE + "/").statusCode()).isEqualTo(200);
            assertThat(ada.get(Setting.BASE + "/Count").statusCode()).isEqualTo(404);
            HttpResponse<String> head = ada.send("HEAD", Setting.BASE, BodyPublishers.noBody(), Map.of());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            HttpResponse<String> hidden =
                    host.anonymous().send("HEAD", Setting.BASE, BodyPublishers.noBody(), Map.of());
            assertThat(hidden.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void theOpenApiDocumentIsServedAsJsonAndYaml() {
        try (TestHost host = setting.host().start()) {
            assertThat(host.anonymous().get("/api/notifications/openapi.yaml").body())
                    .startsWith("openapi: 3.0");
            assertThat(new OpenApiCheck(host.anonymous()
                                    .get("/api/notifications/openapi.json")
                                    .body())
                            .document()
                            .findValuesAsText("operationId"))
                    .containsExactlyInAnyOrder(
                            "createNotification",
                            "createNotifications",
                            "exportNotifications",
                            "importNotifications",
                            "getNotification",
                            "getNotifications",
                            "getNotificationsCount",
                            "setRead",
                            "setAllRead",
                            "getMuted",
                            "setMuted",
                            "streamNotifications",
                            "createStreamTicket",
                            "getCapabilities");
        }
    }
}
