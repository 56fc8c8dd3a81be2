package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.testkit.TestHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand waiting requests take no permits of the plugin, no database connections and no threads. */
@Tag("soak")
class ManyWaitIT {

    private static final int USERS = 250;
    private static final int WAITING = 1000;

    /** Other requests meanwhile; far more than the plugin has permits. */
    private static final int OTHERS = 200;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(Setting.class)
    void otherRequestsAreServedWhileManyWait(Setting setting) {
        TestHost.Builder builder = setting.host().config("belfry.limits.requestsPerPlugin", 4);
        for (int i = 0; i < USERS; i++) {
            builder.user("u" + i, "team-" + i % 50, "crew-" + i % 20, "all");
        }
        try (TestHost host = builder.start();
                PollingClients polls = new PollingClients(host)) {
            List<CompletableFuture<Answer>> all = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                all.add(polls.begin("u" + i % USERS, "messageScope=all&read=false", 60));
                if (i % 50 == 0) {
                    // Not all at the same time: the plugin has four permits.
                    polls.awaitWaiting(i + 1);
                }
            }
            polls.awaitWaiting(WAITING);

            await().atMost(LIMIT).until(() -> PollingClients.busyConnections(host) == 0);
            long begin = System.nanoTime();
            for (int i = 0; i < OTHERS; i++) {
                assertThat(host.as("ada").get(Setting.BASE + "/count").statusCode())
                        .isEqualTo(200);
            }
            Duration perRequest = Duration.ofNanos((System.nanoTime() - begin) / OTHERS);
            assertThat(PollingClients.waiting(host)).isEqualTo(WAITING);
            assertThat(perRequest).isLessThan(Duration.ofMillis(100));

            long sent = System.nanoTime();
            host.as("ada").post(Setting.BASE, "{\"origin\":\"tests\",\"title\":\"to everyone\"}");
            assertThat(all).allSatisfy(poll -> assertThat(poll.join().count()).isEqualTo(1));
            System.out.printf(
                    "%s, %d wait: a request beside them %d us; a message reached all after %d ms%n",
                    setting, WAITING, perRequest.toNanos() / 1000, (System.nanoTime() - sent) / 1_000_000);
        }
    }
}
