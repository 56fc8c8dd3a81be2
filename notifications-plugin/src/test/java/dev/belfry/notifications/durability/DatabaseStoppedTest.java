package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL stops abruptly while many clients send, and comes back. */
@Tag("soak")
class DatabaseStoppedTest {

    private static final int TIMES = 3;
    private static final int CLIENTS = 32;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void theHostReportsTheFailureAndRecovers() throws Exception {
        try (DatabaseServer database = DatabaseServer.start(folder);
                HostProcess host = HostProcess.start(folder.resolve("host"), database.connection());
                Senders senders = new Senders(CLIENTS, host::notifications)) {
            for (int i = 0; i < TIMES; i++) {
                int before = senders.acknowledged();
                await().atMost(LIMIT).until(() -> senders.acknowledged() > before + 5 * CLIENTS);
                int refused = senders.refusals().size();
                database.stopImmediately();
                await().atMost(LIMIT).until(() -> senders.refusals().size() > refused + CLIENTS);
                database.startAgain();
                int away = senders.acknowledged();
                await().atMost(RECOVERY).until(() -> senders.acknowledged() > away + CLIENTS);
            }
            senders.finish();

            senders.assertNothingLost();
            assertThat(senders.refusals()).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
            await().atMost(RECOVERY)
                    .untilAsserted(() -> assertThat(busyConnections(host))
                            .as("leaked connections")
                            .isZero());
            System.out.printf(
                    "PostgreSQL stopped %d times: %d messages acknowledged, all there; %d answered 503%n",
                    TIMES, senders.acknowledged(), senders.refusals().size());
        }
    }

    private static double busyConnections(HostProcess host) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI metrics = host.notifications().resolve("/metrics");
            String all = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            assertThat(all).contains("hikaricp_connections_active");
            return all.lines()
                    .filter(line -> line.startsWith("hikaricp_connections_active"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }
}
