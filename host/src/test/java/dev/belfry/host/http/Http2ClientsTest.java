package dev.belfry.host.http;

import static dev.belfry.host.http.Http2Client.CONTINUATION;
import static dev.belfry.host.http.Http2Client.DATA;
import static dev.belfry.host.http.Http2Client.END_HEADERS;
import static dev.belfry.host.http.Http2Client.END_STREAM;
import static dev.belfry.host.http.Http2Client.ENHANCE_YOUR_CALM;
import static dev.belfry.host.http.Http2Client.HEADERS;
import static dev.belfry.host.http.Http2Client.PING;
import static dev.belfry.host.http.Http2Client.REFUSED_STREAM;
import static dev.belfry.host.http.Http2Client.RST_STREAM;
import static dev.belfry.host.http.Http2Client.SETTINGS;
import static dev.belfry.host.http.Http2Client.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of {@link SlowClientsTest} hold for each request of an HTTP/2 connection, and its floods end the connection. */
@Tag("soak")
@Timeout(120)
class Http2ClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MEBIBYTE = 1024 * 1024;

    /** Reads bodies, writes large responses, and waits. */
    public static final class EchoPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.post(
                        "/length",
                        Access.PUBLIC,
                        (request, caller) -> request.result(Integer.toString(request.bodyAsBytes().length)));
                routes.get("/large", Access.PUBLIC, (request, caller) -> {
                    OutputStream out = request.outputStream();
                    byte[] part = new byte[8192];
                    for (int written = 0; written < 64 * MEBIBYTE; written += part.length) {
                        out.write(part);
                    }
                });
                routes.get("/never", Access.PUBLIC, (request, caller) -> request.future(CompletableFuture::new));
                routes.get("/quick", Access.PUBLIC, (request, caller) -> request.result("quick"));
                routes.get("/medium", Access.PUBLIC, (request, caller) -> request.result("x".repeat(20_000)));
                routes.post("/unread", Access.PUBLIC, (request, caller) -> Thread.sleep(Duration.ofSeconds(20)));
            });
        }
    }

    @TempDir
    private Path folder;

    private RunningHost start(String limits) {
        return HostWithHttps.start(
                folder, PluginJar.of(EchoPlugin.class, "echo", "1.0.0"), "belfry: { limits: " + limits + " }");
    }

    private static String get(RunningHost host, String path) throws Exception {
        try (HttpClient client = HostWithHttps.client()) {
            URI uri = host.uri(path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static boolean isQuick(RunningHost host) throws Exception {
        return get(host, "/api/echo/quick").equals("quick");
    }

    /** Sends until the host closes the connection. */
    private static void sendUntilClosed(Http2Client client, byte[] bytes) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            try {
                client.sendRaw(bytes);
            } catch (IOException e) {
                return true;
            }
            return client.isClosed();
        });
    }

    @Test
    void endlessHeadersAreClosedEvenWhenFramesKeepArriving() throws Exception {
        try (RunningHost host = start("{ headerTimeout: PT1S }");
                Http2Client client = Http2Client.connect(host)) {
            client.get(1, "/api/echo/quick");
            assertThat(client.awaitStatus(1)).isEqualTo(200);
            client.send(HEADERS, END_STREAM, 3, Http2Client.request("GET", "/api/echo/quick"));

            sendUntilClosed(client, Http2Client.frame(CONTINUATION, 0, 3, Http2Client.fields("x", "")));
        }
    }

    @Test
    void aFrameOfHeadersThatNeverEndsIsClosedEvenWhenBytesKeepArriving() throws Exception {
        try (RunningHost host = start("{ headerTimeout: PT1S }");
                Http2Client client = Http2Client.connect(host)) {
            byte[] headers = Http2Client.frame(HEADERS, END_HEADERS, 1, new byte[16_000]);
            client.sendRaw(Arrays.copyOf(headers, 20));

            sendUntilClosed(client, new byte[1]);
        }
    }

    @Test
    void aPrefaceThatNeverEndsIsClosed() throws Exception {
        try (RunningHost host = start("{ headerTimeout: PT1S }");
                Http2Client client = Http2Client.silent(host)) {
            client.sendRaw(Http2Client.PREFACE);
            byte[] settings = Http2Client.frame(SETTINGS, 0, 0, new byte[6 * 200]);
            client.sendRaw(Arrays.copyOf(settings, 20));

            sendUntilClosed(client, new byte[1]);
        }
    }

    @Test
    void aSlowRequestBodyHoldsNoPermitAndEndsAloneOnItsConnection() throws Exception {
        try (RunningHost host = start("{ requestsPerPlugin: 1, patience: PT0.2S, bodyTimeout: PT1S }");
                Http2Client client = Http2Client.connect(host)) {
            client.post(1, "/api/echo/length", "content-length", "1000").data(1, "abc", false);

            client.get(3, "/api/echo/quick");
            assertThat(client.awaitStatus(3)).isEqualTo(200);
            assertThat(client.await(RST_STREAM, 1).error()).isEqualTo(ENHANCE_YOUR_CALM);
            client.get(5, "/api/echo/quick");
            assertThat(client.awaitStatus(5)).isEqualTo(200);
        }
    }

    @Test
    void aBodyOfOneByteAMomentEnds() throws Exception {
        try (RunningHost host = start("{ bodyTimeout: PT1.5S }");
                Http2Client client = Http2Client.connect(host)) {
            client.post(1, "/api/echo/length");
            CompletableFuture<Integer> error = CompletableFuture.supplyAsync(
                    () -> client.await(RST_STREAM, 1).error());
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
                client.data(1, "x", false);
                return error.isDone();
            });
            assertThat(error.join()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void aResponseWithoutWindowHoldsNoPermitAndEndsAloneOnItsConnection() throws Exception {
        CapturedLog log = CapturedLog.of(ErrorResponses.class);
        try (RunningHost host = start("{ requestsPerPlugin: 1, patience: PT0.2S }");
                Http2Client client = Http2Client.withoutWindow(host)) {
            client.get(1, "/api/echo/large");
            assertThat(client.awaitStatus(1)).isEqualTo(200);

            await().atMost(LIMIT.dividedBy(4)).until(() -> isQuick(host));
            client.await(RST_STREAM, 1);
            client.get(3, "/readyz");
            assertThat(client.awaitStatus(3)).isEqualTo(200);
            await().atMost(LIMIT).until(() -> get(host, "/metrics").contains("route=\"/large\""));
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void aSmallResponseWithoutWindowEnds() throws Exception {
        try (RunningHost host = start("{}");
                Http2Client client = Http2Client.withoutWindow(host)) {
            client.get(1, "/api/echo/quick");
            assertThat(client.awaitStatus(1)).isEqualTo(200);

            client.await(RST_STREAM, 1);
            client.send(PING, 0, 0, new byte[8]);
            client.await(PING, 0);
        }
    }

    @Test
    void aMalformedRequestWithoutWindowEnds() throws Exception {
        try (RunningHost host = start("{}");
                Http2Client client = Http2Client.withoutWindow(host)) {
            client.get(1, "/api/%2e%2e/x");
            assertThat(client.awaitStatus(1)).isEqualTo(400);

            client.await(RST_STREAM, 1);
        }
    }

    @Test
    void aClientThatReadsNothingFromTheNetworkIsDisconnected() throws Exception {
        try (RunningHost host = start("{ requestsPerPlugin: 1, minDataRate: 1048576 }");
                Http2Client client = Http2Client.deaf(host)) {
            client.get(1, "/api/echo/large");

            await().atMost(LIMIT).until(() -> get(host, "/metrics").contains("route=\"/large\""));
        }
    }

    @Test
    void headersOfMoreThan16KiBAreRejected() throws Exception {
        try (RunningHost host = start("{}");
                Http2Client client = Http2Client.connect(host)) {
            client.get(1, "/api/echo/quick", "x-long", "x".repeat(15_000));
            assertThat(client.awaitStatus(1)).isEqualTo(200);

            client.send(HEADERS, END_STREAM, 3, Http2Client.request("GET", "/api/echo/quick"));
            client.send(CONTINUATION, 0, 3, Http2Client.fields("x-long", "x".repeat(12_000)));
            client.send(CONTINUATION, END_HEADERS, 3, Http2Client.fields("y-long", "x".repeat(12_000)));
            client.awaitClosed();
        }
    }

    /** A field of the dynamic table costs a byte, and would be 4 KiB of headers each time. */
    @Test
    void headersThatUnpackToMoreThan16KiBAreRejected() throws Exception {
        try (RunningHost host = start("{}");
                Http2Client client = Http2Client.connect(host)) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes(Http2Client.request("GET", "/api/echo/quick"));
            byte[] field = Http2Client.fields("x", "x".repeat(3_900));
            field[0] = 0x40;
            block.writeBytes(field);
            for (int i = 0; i < 1_000; i++) {
                block.write(0x80 | 62);
            }
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, block.toByteArray());
            client.awaitClosed();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"PING", "SETTINGS", "PRIORITY", "EMPTY_DATA", "EMPTY_CONTINUATION", "RAPID_RESET", "WINDOW_UPDATE"})
    void floodsOfFramesThatCostNothingEndTheConnection(String flood) throws Exception {
        try (RunningHost host = start("{}");
                Http2Client client = Http2Client.connect(host)) {
            CompletableFuture<OptionalInt> error = CompletableFuture.supplyAsync(client::awaitGoAway);
            if (flood.startsWith("EMPTY")) {
                int flags = flood.equals("EMPTY_DATA") ? END_HEADERS : 0;
                client.send(HEADERS, flags, 1, Http2Client.request("POST", "/api/echo/length"));
            }
            for (int i = 0; i < 2_000 && !error.isDone(); i++) {
                int stream = 2 * i + 1;
                try {
                    switch (flood) {
                        case "PING" -> client.send(PING, 0, 0, new byte[8]);
                        case "SETTINGS" -> client.send(SETTINGS, 0, 0, new byte[0]);
                        case "PRIORITY" -> client.send(Http2Client.PRIORITY, 0, 1, new byte[5]);
                        case "EMPTY_DATA" -> client.send(DATA, 0, 1, new byte[0]);
                        case "EMPTY_CONTINUATION" -> client.send(CONTINUATION, 0, 1, new byte[0]);
                        case "WINDOW_UPDATE" -> client.send(Http2Client.WINDOW_UPDATE, 0, 0, integer(1));
                        default -> client.get(stream, "/api/echo/never").send(RST_STREAM, 0, stream, integer(8));
                    }
                } catch (IOException e) {
                    break;
                }
            }
            // A client whose last frame fails loses what it has not yet read.
            assertThat(error.get(10, TimeUnit.SECONDS).orElse(ENHANCE_YOUR_CALM))
                    .isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(isQuick(host)).isTrue();
        }
    }

    @Test
    void aConnectionHasAtMost100Requests() throws Exception {
        try (RunningHost host = start("{ connections: 1000, waits: 700, waitsPerCaller: 700 }");
                Http2Client client = Http2Client.connect(host)) {
            for (int i = 0; i < 100; i++) {
                client.get(2 * i + 1, "/api/echo/never");
            }
            client.get(201, "/api/echo/quick");
            assertThat(client.await(RST_STREAM, 201).error()).isEqualTo(REFUSED_STREAM);

            client.send(RST_STREAM, 0, 1, integer(8)).get(203, "/api/echo/quick");
            assertThat(client.awaitStatus(203)).isEqualTo(200);
        }
    }

    @Test
    void requestsCountLikeConnections() throws Exception {
        try (RunningHost host = start("{ connections: 16 }")) {
            try (Http2Client client = Http2Client.connect(host)) {
                for (int i = 0; i < 16; i++) {
                    client.post(2 * i + 1, "/api/echo/length");
                }
                client.get(33, "/api/echo/quick");
                assertThat(client.isServed(33)).isFalse();

                client.data(1, "abc", true);
                assertThat(client.awaitText(1)).isEqualTo("3");
                AtomicInteger stream = new AtomicInteger(33);
                await().atMost(LIMIT).until(() -> {
                    client.get(stream.addAndGet(2), "/api/echo/quick");
                    return client.isServed(stream.get());
                });
            }
            // The places of a client that has disconnected are free.
            await().atMost(LIMIT).ignoreExceptions().until(() -> {
                try (Http2Client client = Http2Client.connect(host)) {
                    for (int i = 0; i < 14; i++) {
                        client.post(2 * i + 1, "/api/echo/length");
                    }
                    client.get(29, "/api/echo/quick");
                    return client.isServed(29);
                }
            });
        }
    }

    @Test
    void aClientThatSendsRefusedRequestsAgainAndAgainIsDisconnected() throws Exception {
        try (RunningHost host = start("{ connections: 16 }");
                Http2Client client = Http2Client.connect(host)) {
            for (int i = 0; i < 16; i++) {
                client.post(2 * i + 1, "/api/echo/length");
            }
            for (int i = 16; i < 5_000 && !client.isClosed(); i++) {
                try {
                    client.get(2 * i + 1, "/api/echo/quick");
                } catch (IOException e) {
                    break;
                }
            }
            await().atMost(LIMIT).until(client::isClosed);
        }
    }

    @Test
    void idleConnectionsAreClosedWhenConnectionsRunShort() throws Exception {
        List<Http2Client> idle = new ArrayList<>();
        try (RunningHost host = start("{ connections: 16 }")) {
            for (int i = 0; i < 16; i++) {
                idle.add(Http2Client.connect(host));
            }
            assertThat(isQuick(host)).isTrue();
            await().atMost(LIMIT).until(() -> idle.stream().anyMatch(Http2Client::isClosed));
        } finally {
            for (Http2Client client : idle) {
                client.close();
            }
        }
    }

    @Test
    void aBodyOfAnotherLengthThanDeclaredReachesNoHandler() throws Exception {
        RunningHost host = start("{}");
        try (host;
                Http2Client client = Http2Client.connect(host)) {
            client.post(1, "/api/echo/length", "content-length", "2").data(1, "abc", true);
            client.await(RST_STREAM, 1);
            client.post(3, "/api/echo/length", "content-length", "5").data(3, "abc", true);
            client.await(RST_STREAM, 3);
            assertThat(get(host, "/metrics")).doesNotContain("route=\"/length\",status=\"200\"");

            long begin = System.nanoTime();
            host.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("a reader that waits for ever would delay the drain by its limit, which is 5 s")
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void largeResponsesAndWaitingRequestsAreLimitedPerCaller() throws Exception {
        try (RunningHost host = start("{ waits: 3, waitsPerCaller: 2, minDataRate: 0, patience: PT0.2S }");
                Http2Client client = Http2Client.withoutWindow(host)) {
            client.get(1, "/api/echo/never").get(3, "/api/echo/never");
            await().atMost(LIMIT).until(() -> get(host, "/api/echo/never").contains("requests that wait or stream"));

            long large = Math.max(4, Runtime.getRuntime().maxMemory() / 8 / MEBIBYTE) / 2;
            for (int i = 0; i < Math.min(large, 90); i++) {
                client.get(2 * i + 5, "/api/echo/large");
                assertThat(client.awaitStatus(2 * i + 5)).isEqualTo(200);
            }
            if (large <= 90) {
                await().atMost(LIMIT).until(() -> get(host, "/api/echo/large").contains("large responses"));
            }
        }
    }
}
