package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.testkit.TestHost;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sender that exceeds its limit gets 429. */
class SendRateIT {

    private static final String ONE = "{\"origin\":\"tests\",\"title\":\"a\",\"targetUsers\":[\"default/ada\"]}";

    private static HttpResponse<String> send(TestHost host, String user, String path, String body) {
        return host.as(user).post(Setting.BASE + path, body);
    }

    @Test
    void eachSenderHasAQuotaAndABatchCountsByItsElements() {
        try (TestHost host = Setting.STATIC_SQLITE
                .host()
                .user("ada")
                .user("bob")
                .config("notifications.limits.perSender", 3)
                .start()) {
            assertThat(send(host, "ada", "/batch", "[" + ONE + "," + ONE + "]").statusCode())
                    .isEqualTo(200);
            assertThat(send(host, "ada", "/batch", "[" + ONE + "," + ONE + "]").statusCode())
                    .isEqualTo(429);
            assertThat(send(host, "ada", "", ONE).statusCode()).isEqualTo(200);

            HttpResponse<String> refused = send(host, "ada", "", ONE);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("20");
            assertThat(refused.headers().firstValue("RateLimit-Policy")).contains("\"creates-per-sender\";q=3;w=60");
            assertThat(refused.headers().firstValue("RateLimit").orElseThrow())
                    .startsWith("\"creates-per-sender\";r=0;t=");
            assertThat(refused.body()).contains("TooManyRequestsError");
            assertThat(send(host, "bob", "", ONE).statusCode()).isEqualTo(200);
            assertThat(host.as("ada").get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":4}");
        }
    }

    @Test
    void thereIsATotalQuotaAndSomeSendersAreUnlimited() {
        try (TestHost host = Setting.STATIC_SQLITE
                .host()
                .user("ada")
                .user("bob")
                .config("notifications.limits.createsPerMinute", 1)
                .config("notifications.limits.unlimitedSenders", List.of("user:default/bob"))
                .start()) {
            assertThat(send(host, "bob", "", ONE).statusCode()).isEqualTo(200);
            assertThat(send(host, "ada", "", ONE).statusCode()).isEqualTo(200);
            assertThat(send(host, "ada", "", ONE).statusCode()).isEqualTo(429);
            assertThat(send(host, "bob", "", ONE).statusCode()).isEqualTo(200);
        }
    }
}
