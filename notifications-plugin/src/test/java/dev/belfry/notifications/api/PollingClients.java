package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.testkit.TestHost;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Clients that wait for a change of their count. */
final class PollingClients implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern WAITING = Pattern.compile("notifications_waiting\\{[^}]*} (\\d+)");
    private static final Pattern CONNECTIONS = Pattern.compile("hikaricp_connections_active\\{[^}]*} (\\d+)");

    private final TestHost host;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PollingClients(TestHost host) {
        this.host = host;
    }

    /** Begins to wait with the current ETag. */
    CompletableFuture<Answer> begin(String user, String query, int seconds) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        host.uri(Setting.BASE + "/count" + (query.isEmpty() ? "" : "?" + query)))
                .header("Authorization", "Bearer " + host.tokenOf(user));
        return client.sendAsync(request.copy().build(), BodyHandlers.ofString())
                .thenApply(first -> first.headers().firstValue("ETag").orElseThrow())
                .thenCompose(tag -> client.sendAsync(
                        request.header("If-None-Match", tag)
                                .header("Prefer", "wait=" + seconds)
                                .build(),
                        BodyHandlers.ofString()))
                .thenApply(Answer::new);
    }

    void awaitWaiting(int count) {
        await().atMost(LIMIT).until(() -> waiting(host) == count);
    }

    static int waiting(TestHost host) {
        return sum(WAITING, host);
    }

    static int busyConnections(TestHost host) {
        return sum(CONNECTIONS, host);
    }

    private static int sum(Pattern meter, TestHost host) {
        String meters = host.as("ada").get("/metrics").body();
        List<MatchResult> values = meter.matcher(meters).results().toList();
        assertThat(values).as("%s in %s", meter, meters).isNotEmpty();
        return values.stream()
                .mapToInt(value -> Integer.parseInt(value.group(1)))
                .sum();
    }

    @Override
    public void close() {
        client.close();
    }
}
