package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting requests do not delay the stop of a plugin, and a client that disconnects leaves nothing behind. */
@Tag("soak")
class WaitEndsIT {

    private static final int WAITING = 40;
    private static final Duration SOON = Duration.ofSeconds(10);

    private static List<CompletableFuture<Answer>> begin(PollingClients polls) {
        List<CompletableFuture<Answer>> all = IntStream.range(0, WAITING)
                .mapToObj(i -> polls.begin(i % 2 == 0 ? "ada" : "bob", "", 60))
                .toList();
        polls.awaitWaiting(WAITING);
        return all;
    }

    private static void assertAnsweredAsIfTheTimeWereOver(List<CompletableFuture<Answer>> all) {
        assertThat(all).allSatisfy(poll -> {
            assertThat(poll).succeedsWithin(SOON);
            assertThat(poll.join().status()).isEqualTo(304);
            assertThat(poll.join().header("Preference-Applied")).isEqualTo("wait=60");
        });
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void aReplacementAnswersWaitingRequests(Setting setting) {
        try (TestHost host = setting.host().start();
                PollingClients polls = new PollingClients(host)) {
            List<CompletableFuture<Answer>> all = begin(polls);
            long begin = System.nanoTime();

            assertThat(host.as("ada")
                            .post("/api/host/plugins/notifications/restart")
                            .statusCode())
                    .isEqualTo(200);

            assertAnsweredAsIfTheTimeWereOver(all);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            // The next generation accepts waiting requests again.
            CompletableFuture<Answer> again = polls.begin("ada", "", 60);
            polls.awaitWaiting(1);
            host.as("bob")
                    .post(Setting.BASE, "{\"origin\":\"tests\",\"title\":\"anew\",\"targetUsers\":[\"default/ada\"]}");
            assertThat(again.join().count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void disablingThePluginAnswersWaitingRequests(Setting setting) {
        try (TestHost host = setting.host().start();
                PollingClients polls = new PollingClients(host)) {
            List<CompletableFuture<Answer>> all = begin(polls);

            assertThat(host.as("ada")
                            .post("/api/host/plugins/notifications/disable")
                            .statusCode())
                    .isEqualTo(200);

            assertAnsweredAsIfTheTimeWereOver(all);
        }
    }

    /** Closing the host fails if anything was left behind. */
    @ParameterizedTest
    @EnumSource(Setting.class)
    void aStopOfTheHostAnswersWaitingRequests(Setting setting) {
        TestHost host = setting.host().start();
        try (PollingClients polls = new PollingClients(host)) {
            List<CompletableFuture<Answer>> all = begin(polls);

            host.close();

            assertAnsweredAsIfTheTimeWereOver(all);
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void whoGoesAwayIsForgottenWhenTheTimeIsOver(Setting setting) throws IOException {
        try (TestHost host = setting.host().start();
                PollingClients polls = new PollingClients(host)) {
            String tag = host.as("ada")
                    .get(Setting.BASE + "/count")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            try (Socket socket = new Socket("127.0.0.1", host.uri("/").getPort())) {
                socket.getOutputStream().write("""
                        GET %s/count HTTP/1.1\r
                        Host: x\r
                        Authorization: Bearer %s\r
                        If-None-Match: %s\r
                        Prefer: wait=2\r
                        \r
                        """.formatted(Setting.BASE, host.tokenOf("ada"), tag)
                        .getBytes(StandardCharsets.US_ASCII));
                polls.awaitWaiting(1);
            }
            await().atMost(SOON).until(() -> PollingClients.waiting(host) == 0);
            assertThat(host.as("ada").get(Setting.BASE + "/count").statusCode()).isEqualTo(200);
        }
    }
}
