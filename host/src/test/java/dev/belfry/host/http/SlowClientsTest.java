package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.ClientSettings;
import dev.belfry.host.settings.LimitSettings;
import dev.belfry.host.settings.StreamSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A slow client occupies no permit, and a connection only for a limited time. */
@Timeout(120)
class SlowClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MEBIBYTE = 1024 * 1024;

    /** Reads bodies, and writes large responses. */
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
                routes.events("/stream", Access.PUBLIC, stream -> {});
                routes.get("/quick", Access.PUBLIC, (request, caller) -> request.result("quick"));
            });
        }
    }

    @TempDir
    private Path folder;

    private RunningHost start(String limits) {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(EchoPlugin.class, "echo", "1.0.0").writeTo(drop.resolve("echo.jar"));
        return RunningHost.start(folder, "belfry: { limits: " + limits + " }");
    }

    @Test
    void endlessHeadersAreClosedEvenWhenBytesKeepArriving() throws Exception {
        try (RunningHost host = start("{ headerTimeout: PT0.5S }");
                RawConnection client = new RawConnection(host.port())) {
            client.send("GET /api/echo/quick HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            await().atMost(LIMIT).until(() -> {
                try {
                    client.send("x");
                } catch (IOException e) {
                    return true;
                }
                return client.isClosed();
            });
        }
    }

    @Test
    void aSlowRequestBodyHoldsNoPermitAndIsClosed() throws Exception {
        try (RunningHost host = start("{ requestsPerPlugin: 1, patience: PT0.2S, bodyTimeout: PT1S }");
                RawConnection client = new RawConnection(host.port())) {
            // The answer to the expectation shows that the host reads the body.
            client.send("POST /api/echo/length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                    + "Expect: 100-continue\r\n\r\n");
            assertThat(client.readLine(LIMIT)).isEqualTo("HTTP/1.1 100 Continue");
            client.send("abc");

            assertThat(host.get("/api/echo/quick").body()).isEqualTo("quick");
            await().atMost(LIMIT).until(client::isClosed);
        }
    }

    /** A check of the connections can meet the moment in which the host reads a piece. */
    @Test
    void aBodyInSmallPiecesIsClosedWhateverTheirPhase() throws Exception {
        try (RunningHost host = start("{ bodyTimeout: PT1.5S }")) {
            List<RawConnection> clients = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                clients.add(new RawConnection(host.port()));
                clients.get(i)
                        .send("POST /api/echo/length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n");
            }
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
                clients.removeIf(client -> {
                    try {
                        client.send("x".repeat(1_200));
                        return false;
                    } catch (IOException e) {
                        return true;
                    }
                });
                return clients.isEmpty();
            });
        }
    }

    @Test
    void aSlowlyReadResponseHoldsNoPermit() throws Exception {
        try (RunningHost host = start("{ requestsPerPlugin: 1, patience: PT0.2S, minDataRate: 0 }");
                RawConnection client = new RawConnection(host.port(), 4096)) {
            client.send("GET /api/echo/large HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");

            // As soon as all buffers are full, and before the server's idle timeout ends the response.
            await().atMost(LIMIT.dividedBy(2))
                    .until(() -> host.get("/api/echo/quick").statusCode() == 200);
            assertThat(host.get("/api/echo/quick").body()).isEqualTo("quick");
        }
    }

    @Test
    void anUnreadResponseIsAbortedAndIsNotAHostError() throws Exception {
        CapturedLog log = CapturedLog.of(ErrorResponses.class);
        try (RunningHost host = start("{ minDataRate: 1048576 }");
                RawConnection client = new RawConnection(host.port(), 4096)) {
            client.send("GET /api/echo/large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(client.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");

            await().atMost(LIMIT).until(() -> host.get("/metrics").body().contains("route=\"/large\""));
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void largeResponsesAreLimitedPerCaller() throws Exception {
        LimitSettings limits = new LimitSettings(
                1,
                1,
                Duration.ZERO,
                new ClientSettings(1, LIMIT, LIMIT, 1, 1, 1, LIMIT, 0, Set.of()),
                new StreamSettings(1, 1, 1, LIMIT, LIMIT, LIMIT));
        int most = (int) (ClientBudgets.of(limits, Runtime.getRuntime().maxMemory())
                        .answers()
                        .total()
                / 2);
        List<RawConnection> readers = new ArrayList<>();
        try (RunningHost host = start("{ patience: PT0.2S, minDataRate: 0 }")) {
            for (int i = 0; i < most; i++) {
                RawConnection reader = new RawConnection(host.port(), 4096);
                readers.add(reader);
                reader.send("GET /api/echo/large HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(reader.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");
            }

            HttpResponse<String> refused = host.get("/api/echo/large");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("large responses");
            for (RawConnection reader : readers) {
                reader.close();
            }
            await().atMost(LIMIT).until(() -> host.get("/api/echo/large").statusCode() == 200);
        } finally {
            for (RawConnection reader : readers) {
                reader.close();
            }
        }
    }

    @Test
    void idleConnectionsAreClosedWhenConnectionsRunShort() throws Exception {
        List<RawConnection> idle = new ArrayList<>();
        try (RunningHost host = start("{ connections: 16 }")) {
            for (int i = 0; i < 16; i++) {
                idle.add(new RawConnection(host.port()));
            }

            try (RawConnection client = new RawConnection(host.port())) {
                client.send("GET /api/echo/quick HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(client.readAll(LIMIT)).startsWith("HTTP/1.1 200 OK").endsWith("quick");
            }
        } finally {
            for (RawConnection connection : idle) {
                connection.close();
            }
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsServedWhenAnotherOneCloses() throws Exception {
        List<RawConnection> busy = new ArrayList<>();
        try (RunningHost host = start("{ connections: 16, minDataRate: 0 }")) {
            for (int i = 0; i < 16; i++) {
                RawConnection client = new RawConnection(host.port());
                busy.add(client);
                client.send("POST /api/echo/length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc");
            }
            try (RawConnection client = new RawConnection(host.port())) {
                client.send("GET /api/echo/quick HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThatThrownBy(() -> client.readLine(Duration.ofSeconds(1)))
                        .isInstanceOf(SocketTimeoutException.class);

                busy.getFirst().close();
                assertThat(client.readAll(LIMIT)).startsWith("HTTP/1.1 200 OK").endsWith("quick");
            }
        } finally {
            for (RawConnection connection : busy) {
                connection.close();
            }
        }
    }

    @Test
    void asynchronousRequestsAreLimitedPerCallerAndInTotal() throws Exception {
        try (RunningHost host = start("{ waits: 3, waitsPerCaller: 2 }")) {
            String service = "Bearer "
                    + JwtIdentity.mint(folder.resolve("data"), Clock.systemUTC())
                            .forService("robot", Duration.ofHours(1));
            List<RawConnection> waiting = new ArrayList<>();
            try {
                for (String path : List.of("/never", "/stream")) {
                    RawConnection client = new RawConnection(host.port());
                    waiting.add(client);
                    client.send("GET /api/echo" + path
                            + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
                }
                assertThat(waiting.getLast().readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");

                for (String path : List.of("/never", "/stream")) {
                    await().atMost(LIMIT).untilAsserted(() -> {
                        HttpResponse<String> refused = host.get("/api/echo" + path, "Accept", "text/event-stream");
                        assertThat(refused.statusCode()).isEqualTo(429);
                        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                        assertThat(refused.body())
                                .contains("TooManyRequestsError", "requests that wait or stream", "2");
                    });
                }
                RawConnection third = new RawConnection(host.port());
                waiting.add(third);
                third.send("GET /api/echo/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                        + "Authorization: " + service + "\r\n\r\n");
                assertThat(third.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");
                HttpResponse<String> beyondAll = host.get("/api/echo/never", "Authorization", service);
                assertThat(beyondAll.statusCode()).isEqualTo(503);
                assertThat(beyondAll.headers().firstValue("Retry-After")).isPresent();
                assertThat(beyondAll.body()).contains("the host is at the limit of requests that wait or stream: 3");
                assertThat(host.get("/api/echo/quick").statusCode()).isEqualTo(200);
            } finally {
                for (RawConnection client : waiting) {
                    client.close();
                }
            }
        }
    }

    @Test
    void headersOfMoreThan16KiBAreRejected() {
        try (RunningHost host = start("{}")) {
            assertThat(host.get("/api/echo/quick", "X-Long", "x".repeat(15_000)).statusCode())
                    .isEqualTo(200);
            assertThat(host.get("/api/echo/quick", "X-Long", "x".repeat(17_000)).statusCode())
                    .isEqualTo(431);
        }
    }
}
