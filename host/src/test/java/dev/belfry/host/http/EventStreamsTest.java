package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request that becomes a stream against expectation does not end by itself. */
@Timeout(60)
class EventStreamsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Well below the drain limit of the tests' hosts, which is 5 s. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final String SERVICE = "Bearer 0123456789abcdef";

    @TempDir
    private Path folder;

    private RunningHost start(String streams) {
        return start(64, streams);
    }

    private RunningHost start(int connections, String streams) {
        PluginJar.of(NewsPlugin.class, "news", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("news.jar"));
        return RunningHost.start(
                folder,
                "belfry: { limits: { connections: " + connections + ", streams: " + streams + " } }",
                "backend: { auth: { externalAccess: [ { type: static,"
                        + " options: { token: 0123456789abcdef, subject: other },"
                        + " accessRestrictions: [ { plugin: news, permission: [ news.other ] } ] } ] } }");
    }

    private static String post(RunningHost host, String text) {
        return host.send("POST", "/api/news/news", BodyPublishers.ofString(text))
                .body();
    }

    private static void awaitListeners(RunningHost host, int count) {
        await().atMost(LIMIT)
                .until(() -> host.get("/metrics").body().contains("news_listeners{plugin=\"news\"} " + count));
    }

    @Test
    void aHandlerKnowsTheCallerAndTheRequest() {
        try (RunningHost host = start("{}");
                StreamClient client =
                        new StreamClient(host, "/api/news/events/bells?part=rope", "Last-Event-ID", "42")) {
            assertThat(client.next()).isEqualTo("event: welcome\ndata: 1.0.0 user:default/guest bells rope 42");
            assertThat(client.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
            assertThat(client.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(host.get("/api/news/events/bells?prat=rope").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void anEventReachesAllStreams() {
        try (RunningHost host = start("{}");
                StreamClient first = new StreamClient(host, "/api/news/quiet");
                StreamClient second = new StreamClient(host, "/api/news/quiet")) {
            assertThat(post(host, "two\nlines")).isEqualTo("2");

            assertThat(first.next()).isEqualTo("id: 7\ndata: two\ndata: lines");
            assertThat(second.next()).isEqualTo("id: 7\ndata: two\ndata: lines");
        }
    }

    @Test
    void anIdleStreamGetsHeartbeats() {
        try (RunningHost host = start("{ heartbeat: PT0.1S }");
                StreamClient client = new StreamClient(host, "/api/news/quiet")) {
            for (int i = 0; i < 5; i++) {
                client.expectHeartbeat();
            }
        }
    }

    @Test
    void aSlowClientIsDroppedWhileOthersGetEverything() throws Exception {
        try (RunningHost host = start("{ queueSize: 65536 }");
                RawConnection slow = new RawConnection(host.port(), 4096);
                StreamClient fast = new StreamClient(host, "/api/news/quiet")) {
            slow.send("GET /api/news/quiet HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(slow.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");
            awaitListeners(host, 2);

            int sent = 0;
            while (!host.get("/metrics").body().contains("http_server_streams_dropped_total{plugin=\"news\"} 1")) {
                assertThat(sent++).as("events of 60,000 bytes").isLessThan(1000);
                assertThat(host.send("POST", "/api/news/large/60000", BodyPublishers.noBody())
                                .statusCode())
                        .isEqualTo(200);
                assertThat(fast.next()).hasSize("data: ".length() + 60_000);
            }

            awaitListeners(host, 1);
            assertThat(slow.readAll(LIMIT)).as("not a regular end").doesNotEndWith("\r\n0\r\n\r\n");
            assertThat(post(host, "still here")).isEqualTo("1");
            assertThat(fast.next()).endsWith("data: still here");
        }
    }

    @Test
    void anEventLongerThanTheQueueIsAnErrorOfThePlugin() {
        try (RunningHost host = start("{ queueSize: 1024 }");
                StreamClient client = new StreamClient(host, "/api/news/quiet")) {
            assertThat(host.send("POST", "/api/news/large/1100", BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(500);
            assertThat(post(host, "small")).isEqualTo("1");
            assertThat(client.next()).endsWith("data: small");
        }
    }

    @Test
    void streamsAreLimitedPerCallerAndInTotal() {
        try (RunningHost host = start("{ perCaller: 1, total: 1 }");
                StreamClient _ = new StreamClient(host, "/api/news/quiet")) {
            HttpResponse<String> sameCaller = host.get("/api/news/quiet");
            assertThat(sameCaller.statusCode()).isEqualTo(503);
            assertThat(sameCaller.headers().firstValue("Retry-After")).isPresent();
            assertThat(sameCaller.body()).contains("the caller is at the limit of event streams: 1");

            HttpResponse<String> otherCaller = host.get("/api/news/quiet", "Authorization", SERVICE);
            assertThat(otherCaller.statusCode()).isEqualTo(503);
            assertThat(otherCaller.headers().firstValue("Retry-After")).isPresent();
            assertThat(otherCaller.body()).contains("the host is at the limit of event streams: 1");
        }
    }

    @Test
    void aDisconnectedClientHoldsNothing() {
        try (RunningHost host = start("{ perCaller: 1, heartbeat: PT0.1S }")) {
            for (int i = 0; i < 3; i++) {
                try (StreamClient client = new StreamClient(host, "/api/news/quiet")) {
                    client.expectHeartbeat();
                    assertThat(host.get("/metrics").body()).contains("http_server_streams 1");
                }
                awaitListeners(host, 0);
                await().atMost(LIMIT).until(() -> host.get("/metrics").body().contains("http_server_streams 0"));
            }
        }
    }

    @Test
    void clientsOfAReplacedPluginComeBackToTheNextGeneration() {
        try (RunningHost host = start("{ reconnectWithin: PT3S }");
                StreamClient client = new StreamClient(host, "/api/news/events/bells")) {
            assertThat(client.next()).contains("data: 1.0.0");

            new DropFolder(folder).drop(PluginJar.of(NewsPlugin.class, "news", "2.0.0"), "news.jar");

            String retry = client.next();
            assertThat(retry).startsWith("retry: ");
            assertThat(Integer.parseInt(retry.substring("retry: ".length()))).isBetween(0, 3000);
            client.expectEnd();
            try (StreamClient again = new StreamClient(host, "/api/news/events/bells")) {
                assertThat(again.next()).contains("data: 2.0.0");
            }
        }
    }

    @Test
    void aLongStreamEndsSoThatCredentialsAreCheckedAgain() {
        try (RunningHost host = start("{ longest: PT1S, reconnectWithin: PT0S }");
                StreamClient client = new StreamClient(host, "/api/news/quiet")) {
            assertThat(client.next()).isEqualTo("retry: 0");
            client.expectEnd();
            awaitListeners(host, 0);
        }
    }

    @Test
    void theStreamsOfAUserWhoLeavesTheCatalogEnd() throws Exception {
        try (RunningHost host = start("{ reconnectWithin: PT0S }");
                StreamClient client = new StreamClient(host, "/api/news/quiet")) {
            Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: another }\n");

            assertThat(client.next()).isEqualTo("retry: 0");
            client.expectEnd();
        }
    }

    @Test
    void theStreamsOfAUserWhoSignsOutEverywhereEnd() {
        try (RunningHost host = start("{ reconnectWithin: PT0S }");
                StreamClient client = new StreamClient(host, "/api/news/quiet")) {
            String cookie = host.send("POST", "/api/auth/guest/start", BodyPublishers.noBody())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow();

            host.send(
                    "POST",
                    "/api/auth/sign-out/everywhere",
                    BodyPublishers.noBody(),
                    "Cookie",
                    cookie.substring(0, cookie.indexOf(';')),
                    "Sec-Fetch-Site",
                    "same-origin");

            assertThat(client.next()).isEqualTo("retry: 0");
            client.expectEnd();
        }
    }

    @Test
    void aStopEndsStreamsAndDoesNotWaitForSlowClients() throws Exception {
        RunningHost host = start("{ queueSize: 4000000 }");
        try (host;
                RawConnection slow = new RawConnection(host.port(), 4096);
                StreamClient client = new StreamClient(host, "/api/news/quiet")) {
            slow.send("GET /api/news/quiet HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(slow.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");
            awaitListeners(host, 2);
            for (int i = 0; i < 3; i++) {
                host.send("POST", "/api/news/large/3000000", BodyPublishers.noBody());
                assertThat(client.next()).hasSizeGreaterThan(3_000_000);
            }

            long begin = System.nanoTime();
            host.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            assertThat(client.next()).startsWith("retry: ");
            client.expectEnd();
        }
    }

    @Test
    void eventsAreNotCompressed() {
        try (RunningHost host = start("{}");
                StreamClient client = new StreamClient(host, "/api/news/quiet", "Accept-Encoding", "gzip, br")) {
            String text = "x".repeat(5_000);
            post(host, text);

            assertThat(client.next()).endsWith(text);
            assertThat(client.headers().firstValue("Content-Encoding")).isEmpty();
        }
    }

    @Test
    void accessIsCheckedBeforeAStreamBegins() {
        try (RunningHost host = start("{}")) {
            assertThat(host.get("/api/news/mine", "Authorization", "Bearer x").statusCode())
                    .isEqualTo(401);
            assertThat(host.get("/api/news/secret", "Authorization", SERVICE).statusCode())
                    .isEqualTo(403);
            awaitListeners(host, 0);
        }
    }

    @Test
    void aHandlerCanRefuseAStream() {
        try (RunningHost host = start("{ perCaller: 1 }")) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> refused = host.get("/api/news/unknown");
                assertThat(refused.statusCode()).isEqualTo(404);
                assertThat(refused.body()).contains("there is no such topic");
            }
            awaitListeners(host, 0);
        }
    }

    @Test
    void aPluginCanEndAStream() {
        try (RunningHost host = start("{ perCaller: 1 }")) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> ended = host.get("/api/news/ended");
                assertThat(ended.statusCode()).isEqualTo(200);
                assertThat(ended.body()).isEqualTo(":\n\ndata: only\n\n");
            }
        }
    }

    @Test
    void streamsStayOpenWhenIdleConnectionsAreClosed() throws Exception {
        List<RawConnection> idle = new ArrayList<>();
        try (RunningHost host = start(16, "{}");
                StreamClient client = new StreamClient(host, "/api/news/quiet")) {
            for (int i = 0; i < 15; i++) {
                idle.add(new RawConnection(host.port()));
            }
            await().atMost(LIMIT).until(() -> idle.stream().anyMatch(RawConnection::isClosed));

            assertThat(post(host, "still here")).isEqualTo("1");
            assertThat(client.next()).endsWith("data: still here");
        } finally {
            for (RawConnection connection : idle) {
                connection.close();
            }
        }
    }
}
