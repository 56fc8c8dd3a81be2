package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.testkit.TestEventStream;
import dev.belfry.testkit.TestHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two hosts on one database see each other's changes. */
class TwoHostsIT {

    private static final TwoHosts HOSTS = TwoHosts.start();

    @AfterAll
    static void stop() {
        HOSTS.close();
    }

    private static String toAda(String title) {
        return "{\"origin\":\"tests\",\"title\":\"%s\",\"targetUsers\":[\"default/ada\"]}".formatted(title);
    }

    @Test
    void aPollOnOneHostSeesAChangeOnTheOtherWithinASecond() {
        try (PollingClients polls = new PollingClients(HOSTS.first())) {
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Answer> poll = polls.begin("ada", "", 60);
                polls.awaitWaiting(1);
                long begin = System.nanoTime();
                HOSTS.second().as("bob").post(Setting.BASE, toAda("from the other"));

                Answer answer = poll.join().ok();

                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertThat(answer.count()).isPositive();
                // The interval is 0.7 s; the rest is for a busy machine.
                assertThat(took).isLessThan(Duration.ofMillis(1500));
                System.out.printf("seen by the other host after %d ms%n", took.toMillis());
            }
        }
    }

    @Test
    void aStreamOfOneHostTellsWhatIsMutedOnTheOther() {
        String body = "{\"topics\":[],\"origins\":[\"noise\"]}";
        try (TestEventStream events = HOSTS.first().as("bob").events("/api/notifications/stream?messageScope=user")) {
            assertThat(events.next().data()).contains("\"personal\":0");
            HOSTS.second()
                    .as("ada")
                    .post(Setting.BASE, "{\"origin\":\"noise\",\"title\":\"t\",\"targetUsers\":[\"default/bob\"]}");
            assertThat(events.next().name()).isEqualTo("created");
            assertThat(events.next().data()).contains("\"personal\":1");

            assertThat(HOSTS.second()
                            .as("bob")
                            .send(
                                    "PUT",
                                    "/api/notifications/muted",
                                    BodyPublishers.ofString(body),
                                    Map.of("Content-Type", "application/json"))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(events.next().name()).isEqualTo("reset");
            assertThat(events.next().data()).contains("\"personal\":0");
            assertThat(HOSTS.first()
                            .as("bob")
                            .get(Setting.BASE + "/count?read=false")
                            .body())
                    .isEqualTo("{\"count\":0}");
            assertThat(HOSTS.first().as("bob").get("/api/notifications/muted").body())
                    .isEqualTo(body);
        }
    }

    @Test
    void fiftyRequestsWithOneKeyStoreOneNotification() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = toAda("once " + key);
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> requests = IntStream.range(0, 50)
                    .<Callable<HttpResponse<String>>>mapToObj(
                            i -> () -> send(i % 2 == 0 ? HOSTS.first() : HOSTS.second(), key, body))
                    .toList();
            for (Future<HttpResponse<String>> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.getFirst().body());
        for (TestHost host : List.of(HOSTS.first(), HOSTS.second())) {
            assertThat(host.as("ada")
                            .get(Setting.BASE + "/count?containsText=once%20" + key)
                            .body())
                    .isEqualTo("{\"count\":1}");
        }
    }

    private static HttpResponse<String> send(TestHost host, String key, String body) {
        return host.as("bob")
                .send(
                        "POST",
                        Setting.BASE,
                        BodyPublishers.ofString(body),
                        Map.of("Content-Type", "application/json", "Idempotency-Key", key));
    }
}
