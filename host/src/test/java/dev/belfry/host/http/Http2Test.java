package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary requests over HTTP/2. */
@Timeout(120)
class Http2Test {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Reads bodies and headers, and takes its time. */
    public static final class BellPlugin implements Plugin {

        /** Longer than the idle timeout that Jetty sets when it stops, which is 200 ms. */
        private static final Duration SLOW = Duration.ofSeconds(2);

        @Override
        public void start(PluginContext context) {
            AtomicInteger ringing = new AtomicInteger();
            context.metrics().gauge("bell.ringing", ringing);
            context.routes(routes -> {
                routes.post(
                        "/length",
                        Access.PUBLIC,
                        (request, caller) -> request.result(Integer.toString(request.bodyAsBytes().length)));
                routes.get(
                        "/host",
                        Access.PUBLIC,
                        (request, caller) -> request.result(request.header("Host") + " " + request.protocol()));
                routes.get("/slow", Access.PUBLIC, (request, caller) -> {
                    ringing.incrementAndGet();
                    new CountDownLatch(1).await(SLOW.toMillis(), TimeUnit.MILLISECONDS);
                    request.result("x".repeat(200_000));
                });
                routes.get("/large", Access.PUBLIC, (request, caller) -> request.result("x".repeat(8_000_000)));
            });
        }
    }

    @TempDir
    private Path folder;

    private RunningHost start() {
        return HostWithHttps.start(folder, PluginJar.of(BellPlugin.class, "bell", "1.0.0"));
    }

    private static HttpRequest get(RunningHost host, String path) {
        return HttpRequest.newBuilder(host.uri(path)).build();
    }

    @Test
    void theClientChoosesTheProtocol() throws Exception {
        try (RunningHost host = start();
                HttpClient client = HostWithHttps.client()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(host.uri("/api/bell/host"));
            HttpResponse<String> newer = client.send(request.build(), BodyHandlers.ofString());
            assertThat(newer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(newer.body()).isEqualTo(host.uri("/").getAuthority() + " HTTP/2.0");
            assertThat(newer.headers().firstValue("Strict-Transport-Security")).isPresent();

            HttpResponse<String> older =
                    client.send(request.version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());
            assertThat(older.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(older.body()).isEqualTo(host.uri("/").getAuthority() + " HTTP/1.1");
        }
    }

    /** A browser sends the host as {@code :authority}, which the guest's protection from foreign names has to see. */
    @Test
    void foreignHostNamesGet421() throws Exception {
        try (RunningHost host = start();
                Http2Client client = Http2Client.connect(host)) {
            byte[] foreign = Http2Client.fields(
                    ":method",
                    "GET",
                    ":scheme",
                    "https",
                    ":path",
                    "/api/bell/host",
                    ":authority",
                    "evil.example",
                    "host",
                    "localhost");
            client.send(Http2Client.HEADERS, Http2Client.END_HEADERS | Http2Client.END_STREAM, 1, foreign);
            assertThat(client.awaitStatus(1)).isEqualTo(421);

            client.get(3, "/api/bell/host");
            assertThat(client.awaitStatus(3)).isEqualTo(200);
            assertThat(client.awaitText(3)).isEqualTo("localhost HTTP/2.0");
        }
    }

    @Test
    void bodiesWithAndWithoutLengthAreRead() throws Exception {
        try (RunningHost host = start();
                HttpClient client = HostWithHttps.client()) {
            URI uri = host.uri("/api/bell/length");
            byte[] body = new byte[1_000_000];
            HttpRequest withLength = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            assertThat(client.send(withLength, BodyHandlers.ofString()).body()).isEqualTo("1000000");

            HttpRequest without = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                    .build();
            assertThat(client.send(without, BodyHandlers.ofString()).body()).isEqualTo("1000000");

            HttpRequest tooLong = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1_100_000])))
                    .build();
            assertThat(client.send(tooLong, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
    }

    /** More at once than a connection may have. */
    @Test
    void aThousandRequestsOfOneClientAreServed() throws Exception {
        try (RunningHost host = start();
                HttpClient client = HostWithHttps.client()) {
            client.send(get(host, "/api/bell/host"), BodyHandlers.discarding());
            for (int round = 0; round < 10; round++) {
                List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, Http2.MAX_STREAMS)
                        .mapToObj(i -> client.sendAsync(get(host, "/api/bell/host"), BodyHandlers.ofString()))
                        .toList();
                assertThat(responses)
                        .allSatisfy(response ->
                                assertThat(response.join().statusCode()).isEqualTo(200));
            }
        }
    }

    @Test
    void requestsInFlightFinishWhenTheHostStops() throws Exception {
        RunningHost host = start();
        try (host;
                HttpClient client = HostWithHttps.client()) {
            List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, 20)
                    .mapToObj(i -> client.sendAsync(get(host, "/api/bell/slow"), BodyHandlers.ofString()))
                    .toList();
            String metrics = "bell_ringing{plugin=\"bell\"} 20";
            await().atMost(LIMIT)
                    .until(() -> client.send(get(host, "/metrics"), BodyHandlers.ofString())
                            .body()
                            .contains(metrics));

            host.close();

            assertThat(responses).allSatisfy(response -> {
                assertThat(response.join().statusCode()).isEqualTo(200);
                assertThat(response.join().body()).hasSize(200_000);
            });
        }
    }

    /** The raw client neither closes the connection nor answers. */
    @Test
    void aClientThatIgnoresTheEndOfTheConnectionDelaysNoStop() throws Exception {
        RunningHost host = start();
        try (host;
                Http2Client client = Http2Client.connect(host)) {
            client.get(1, "/api/bell/host");
            assertThat(client.awaitStatus(1)).isEqualTo(200);

            long begin = System.nanoTime();
            host.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("less than the drain limit, which is 5 s")
                    .isLessThan(Duration.ofSeconds(4));
            client.await(Http2Client.GOAWAY, 0);
            client.awaitClosed();
        }
    }

    /** Each half of its window of 64 KiB, the client sends two updates. */
    @Test
    void aFastClientWithASmallWindowIsServed() throws Exception {
        try (RunningHost host = start();
                Http2Client client = Http2Client.connect(host)) {
            client.get(1, "/api/bell/large");
            assertThat(client.awaitStatus(1)).isEqualTo(200);
            int received = 0;
            int unacknowledged = 0;
            while (received < 8_000_000) {
                int length = client.await(Http2Client.DATA, 1).payload().length;
                received += length;
                unacknowledged += length;
                if (unacknowledged >= 4096) {
                    byte[] update = Http2Client.integer(unacknowledged);
                    client.send(Http2Client.WINDOW_UPDATE, 0, 0, update).send(Http2Client.WINDOW_UPDATE, 0, 1, update);
                    unacknowledged = 0;
                }
            }
            client.get(3, "/api/bell/host");
            assertThat(client.awaitStatus(3)).isEqualTo(200);
        }
    }
}
