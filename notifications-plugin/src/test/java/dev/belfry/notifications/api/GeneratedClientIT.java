package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.notifications.client.ApiClient;
import dev.belfry.notifications.client.ApiException;
import dev.belfry.notifications.client.api.NotificationsApi;
import dev.belfry.notifications.client.model.CreateNotificationAction;
import dev.belfry.notifications.client.model.CreateNotificationRequest;
import dev.belfry.notifications.client.model.Notification;
import dev.belfry.testkit.TestHost;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client that openapi-generator generates from the document, against a running host. */
class GeneratedClientIT {

    private static NotificationsApi as(TestHost host, String user) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(host.uri("/api/notifications").toString());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + host.tokenOf(user)));
        return new NotificationsApi(client);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void aGeneratedClientWorksUnchanged(Setting setting) throws ApiException {
        try (TestHost host = setting.host().start()) {
            NotificationsApi ada = as(host, "ada");
            NotificationsApi bob = as(host, "bob");

            CreateNotificationRequest request = new CreateNotificationRequest()
                    .origin("generated")
                    .title("It rings")
                    .targetUsers(List.of("default/bob"))
                    .actions(List.of(new CreateNotificationAction()
                            .title("look")
                            .url(URI.create("https://x.example/1").toString())));
            UUID id = ada.createNotification(request, "a key").getMessageId();
            assertThat(ada.createNotification(request, "a key").getMessageId()).isEqualTo(id);

            List<Notification> inbox =
                    bob.getNotifications(null, null, null, null, null, null, null, null, null, null, null, null, null);
            assertThat(inbox).hasSize(1);
            Notification message = inbox.getFirst();
            assertThat(message.getId()).isEqualTo(id);
            assertThat(message.getTitle()).isEqualTo("It rings");
            assertThat(message.getMessage()).isNull();
            assertThat(message.getReadByUser()).isFalse();
            assertThat(message.getActions().getFirst().getUrl()).isEqualTo("https://x.example/1");

            assertThat(bob.getNotificationsCount(null, null, null, false, null, null, null, null, null)
                            .getCount())
                    .isEqualTo(1);
            bob.setRead(id, true);
            assertThat(bob.getNotificationsCount(null, null, null, false, null, null, null, null, "wait=1")
                            .getCount())
                    .isZero();

            ApiException refused = catchThrowableOfType(ApiException.class, () -> ada.setRead(id, true));
            assertThat(refused.getCode()).isEqualTo(404);
            assertThat(refused.getResponseBody()).contains("NotFoundError");
        }
    }
}
