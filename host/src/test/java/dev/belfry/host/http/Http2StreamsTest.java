package dev.belfry.host.http;

import static dev.belfry.host.http.Http2Client.DATA;
import static dev.belfry.host.http.Http2Client.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several event streams on one HTTP/2 connection do not disturb each other. */
@Timeout(120)
class Http2StreamsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int WINDOW = 1_000_000_000;
    private static final String QUIET = "/api/news/quiet";

    private final HttpClient client = HostWithHttps.client();

    @TempDir
    private Path folder;

    private RunningHost start(String limits) {
        return HostWithHttps.start(
                folder, PluginJar.of(NewsPlugin.class, "news", "1.0.0"), "belfry: { limits: " + limits + " }");
    }

    private String post(RunningHost host, String path, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(host.uri(path))
                .POST(BodyPublishers.ofString(text))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private String metrics(RunningHost host) throws Exception {
        return client.send(HttpRequest.newBuilder(host.uri("/metrics")).build(), BodyHandlers.ofString())
                .body();
    }

    private void awaitListeners(RunningHost host, int count) {
        await().atMost(LIMIT).until(() -> metrics(host).contains("news_listeners{plugin=\"news\"} " + count));
    }

    /** The next event of a stream. */
    private static String event(Http2Client reader, int stream) {
        String text = "";
        while (text.isEmpty() || text.equals(":\n\n")) {
            text = reader.await(DATA, stream).text();
        }
        return text;
    }

    @Test
    void eventsReachEachStreamOfAConnection() throws Exception {
        try (RunningHost host = start("{ streams: { heartbeat: PT0.2S } }");
                Http2Client reader = Http2Client.connect(host)) {
            reader.get(1, QUIET).get(3, "/api/news/events/bells");
            assertThat(reader.awaitStatus(1)).isEqualTo(200);
            assertThat(event(reader, 3)).contains("data: 1.0.0");
            assertThat(reader.await(DATA, 3).text()).isEqualTo(":\n\n");

            assertThat(post(host, "/api/news/news", "rope")).isEqualTo("2");

            assertThat(event(reader, 1)).endsWith("data: rope\n\n");
            assertThat(post(host, "/api/news/news", "bell")).isEqualTo("2");
            assertThat(event(reader, 3)).endsWith("data: rope\n\n");
            assertThat(event(reader, 3)).endsWith("data: bell\n\n");

            reader.send(RST_STREAM, 0, 1, Http2Client.integer(8));
            awaitListeners(host, 1);
            assertThat(post(host, "/api/news/news", "wheel")).isEqualTo("1");
            assertThat(event(reader, 3)).endsWith("data: wheel\n\n");
        }
    }

    @Test
    void aSlowStreamIsDroppedWhileOthersOfTheConnectionGetEverything() throws Exception {
        try (RunningHost host = start("{ streams: { queueSize: 65536 } }");
                Http2Client reader = Http2Client.withoutWindow(host)) {
            reader.get(1, QUIET).get(3, QUIET).window(0, WINDOW).window(3, WINDOW);
            awaitListeners(host, 2);

            for (int i = 0; i < 2; i++) {
                post(host, "/api/news/large/40000", "");
                int received = 0;
                while (received < 40_000) {
                    received += reader.await(DATA, 3).payload().length;
                }
            }

            awaitListeners(host, 1);
            assertThat(metrics(host)).contains("http_server_streams_dropped_total{plugin=\"news\"} 1");
            assertThat(post(host, "/api/news/news", "still here")).isEqualTo("1");
            assertThat(event(reader, 3)).endsWith("data: still here\n\n");
        }
    }

    @Test
    void streamsEndWithATimeToReconnectWhenThePluginIsReplaced() throws Exception {
        try (RunningHost host = start("{ streams: { reconnectWithin: PT3S } }");
                Http2Client reader = Http2Client.connect(host)) {
            reader.get(1, "/api/news/events/bells");
            assertThat(event(reader, 1)).contains("data: 1.0.0");

            new DropFolder(folder).drop(PluginJar.of(NewsPlugin.class, "news", "2.0.0"), "plugin.jar");

            assertThat(reader.awaitText(1)).containsPattern("retry: \\d+\n\n$");
            reader.get(3, "/api/news/events/bells");
            assertThat(event(reader, 3)).contains("data: 2.0.0");
        }
    }

    @Test
    void aStopEndsStreamsAndDoesNotWaitForSlowClients() throws Exception {
        RunningHost host = start("{ streams: { queueSize: 4000000 } }");
        try (host;
                Http2Client deaf = Http2Client.deaf(host);
                Http2Client slow = Http2Client.withoutWindow(host);
                Http2Client reader = Http2Client.connect(host)) {
            deaf.get(1, QUIET);
            slow.get(1, QUIET);
            reader.get(1, QUIET).window(0, WINDOW).window(1, WINDOW);
            awaitListeners(host, 3);
            for (int i = 0; i < 3; i++) {
                post(host, "/api/news/large/1000000", "");
            }

            long begin = System.nanoTime();
            host.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("less than the drain limit, which is 5 s")
                    .isLessThan(Duration.ofSeconds(4));
            assertThat(reader.awaitText(1)).containsPattern("retry: \\d+\n\n$");
        }
    }

    @Tag("soak")
    @Test
    void thousandsOfStreamsShareFiftyConnections() throws Exception {
        String limits = "{ connections: 8000, waits: 6000, waitsPerCaller: 6000,"
                + " streams: { total: 6000, perCaller: 6000, heartbeat: PT60S } }";
        List<Http2Client> readers = new ArrayList<>();
        try (RunningHost host = start(limits)) {
            for (int i = 0; i < 50; i++) {
                Http2Client reader = Http2Client.connect(host);
                readers.add(reader);
                for (int j = 0; j < Http2.MAX_STREAMS; j++) {
                    reader.get(2 * j + 1, QUIET);
                }
            }
            awaitListeners(host, 5_000);

            long begin = System.nanoTime();
            assertThat(post(host, "/api/news/news", "x".repeat(100))).isEqualTo("5000");
            for (Http2Client reader : readers) {
                assertThat(event(reader, 2 * Http2.MAX_STREAMS - 1)).endsWith("x\n\n");
            }
            System.out.println("5000 streams on 50 connections: an event reached all in "
                    + Duration.ofNanos(System.nanoTime() - begin));
        } finally {
            for (Http2Client reader : readers) {
                reader.close();
            }
        }
    }
}
