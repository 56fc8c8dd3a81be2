package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one client sends, a host with a heap of 256 MiB survives and serves others. */
@Tag("soak")
class HostileClientsTest {

    /** The options of the launcher. The host exits when the heap is full, so that no test passes with a damaged host. */
    private static final String JAVA =
            "JDK_JAVA_OPTIONS=-Xms24m -Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError";

    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HostProcess host;

    @BeforeEach
    void start() throws IOException {
        host = HostProcess.start(folder, "{ client: better-sqlite3, connection: data }", "env", JAVA);
    }

    @AfterEach
    void stop() {
        host.close();
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(host.notifications() + path)).timeout(LIMIT);
    }

    private void assertServes() throws Exception {
        HttpResponse<String> answer = client.send(request("/count").build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void theHostSurvivesRequestsWithEndlessHeaders() throws Exception {
        byte[] half = ("GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: " + "x".repeat(15_500))
                .getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress address = new InetSocketAddress(
                host.notifications().getHost(), host.notifications().getPort());
        List<SocketChannel> open = new ArrayList<>();
        try {
            for (int i = 0; i < 6_200; i++) {
                SocketChannel channel = SocketChannel.open();
                open.add(channel);
                channel.configureBlocking(false);
                channel.connect(address);
                if (i % 100 == 0) {
                    finish(open, half);
                }
            }
            finish(open, half);
            assertServes();
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
        assertServes();
    }

    private static void finish(List<SocketChannel> channels, byte[] half) {
        for (SocketChannel channel : channels.subList(Math.max(0, channels.size() - 100), channels.size())) {
            try {
                if (channel.isConnectionPending() && channel.finishConnect()) {
                    channel.write(ByteBuffer.wrap(half));
                }
            } catch (IOException e) {
                // The host rejects the request, and survives.
            }
        }
    }

    @Test
    void theHostSurvivesManyWaitingRequests() throws Exception {
        String tag = client.send(request("/count").build(), BodyHandlers.ofString())
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        List<CompletableFuture<Integer>> waits = IntStream.range(0, 3_000)
                .mapToObj(_ -> client.sendAsync(
                                request("/count")
                                        .header("If-None-Match", tag)
                                        .header("Prefer", "wait=20")
                                        .header("X-Long", "x".repeat(14_000))
                                        .build(),
                                BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode))
                .toList();

        List<Integer> statuses = waits.stream().map(CompletableFuture::join).toList();

        assertThat(statuses).contains(304, 429).isSubsetOf(304, 429, 503);
        assertServes();
    }

    @Test
    void theHostSurvivesManyListsOfTheLargestNotifications() throws Exception {
        String message = "\uD83D\uDD14".repeat(32 * 1024);
        String action = "{\"title\":\"t\",\"url\":\"/" + "u".repeat(2_000) + "\"}";
        String body = "{\"origin\":\"o\",\"title\":\"t\",\"message\":\"" + message + "\",\"actions\":["
                + String.join(",", java.util.Collections.nCopies(60, action)) + "]}";
        for (int i = 0; i < 200; i++) {
            assertThat(post("", body).statusCode()).isEqualTo(200);
        }
        HttpRequest list = request("?messageScope=all&pageSize=200").build();

        List<Long> lengths = atOnce(48, () -> {
            HttpResponse<java.io.InputStream> answer = client.send(list, BodyHandlers.ofInputStream());
            long length = 0;
            try (java.io.InputStream in = answer.body()) {
                byte[] buffer = new byte[MEBIBYTE];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    length += read;
                }
            }
            assertThat(answer.statusCode()).isIn(200, 429, 503);
            return answer.statusCode() == 200 ? length : 0;
        });

        assertThat(lengths).contains(0L).anySatisfy(length -> assertThat(length).isGreaterThan(200 * 250_000L));
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{},", "\"a/b\",", "[],", "1,", "null,"})
    void theHostSurvivesBatchesOfManySmallElements(String part) throws Exception {
        String many = part.repeat((MEBIBYTE - 100) / part.length());
        List<String> bodies = List.of(
                "[" + many + "{}]",
                "[{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[" + many + "\"default/guest\"]}]",
                "[{\"origin\":\"o\",\"title\":\"t\",\"unknown\":[" + many + "0]}]",
                "[{\"origin\":\"o\",\"title\":\"t\",\"actions\":[" + many + "{}]}]");
        for (String body : bodies) {
            assertThat(atOnce(48, () -> post("/batch", body).statusCode())).isSubsetOf(200, 400, 429, 503);
        }
        assertServes();
    }

    /** Makes a call many times concurrently. */
    private static <T> List<T> atOnce(int times, java.util.concurrent.Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(java.util.Collections.nCopies(times, call))) {
                results.add(result.get());
            }
            return results;
        }
    }
}
