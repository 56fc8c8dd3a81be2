package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.tls.PemFile;
import dev.belfry.host.tls.TlsContexts;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A drain does not wait for requests that nobody waits for. */
@Timeout(120)
class GoneClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String LONG_DRAIN = "belfry: { drainTimeout: PT1M, stopTimeout: PT2M }";

    /** Well below the drain limit. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String PATH = "/api/forgetful/wait";

    /** Its requests wait for an event that never happens, and do not end when the drain begins. */
    public static final class ForgetfulPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            AtomicInteger waiting = new AtomicInteger();
            context.metrics().gauge("forgetful.waiting", waiting);
            context.routes(routes -> routes.get("/wait", Access.PUBLIC, (request, caller) -> {
                waiting.incrementAndGet();
                request.future(CompletableFuture::new);
            }));
        }
    }

    /** How a client ends that waits. */
    private enum End {
        CONNECTION_CLOSED,
        CONNECTION_RESET,
        TLS_CONNECTION_CLOSED,
        HTTP2_CONNECTION_CLOSED,
        HTTP2_STREAM_RESET;

        boolean needsTls() {
            return this != CONNECTION_CLOSED && this != CONNECTION_RESET;
        }

        /** Sends a request; closing the result ends the client. */
        AutoCloseable request(int port) throws IOException {
            return switch (this) {
                case CONNECTION_CLOSED -> get(new Socket("127.0.0.1", port));
                case CONNECTION_RESET -> {
                    Socket socket = new Socket("127.0.0.1", port);
                    socket.setSoLinger(true, 0);
                    yield get(socket);
                }
                case TLS_CONNECTION_CLOSED ->
                    get(TlsContexts.clientOf(PemFile.certified("server").certificate())
                            .getSocketFactory()
                            .createSocket("127.0.0.1", port));
                case HTTP2_CONNECTION_CLOSED -> Http2Client.withoutWindow(port).get(1, PATH);
                case HTTP2_STREAM_RESET -> {
                    Http2Client client = Http2Client.withoutWindow(port).get(1, PATH);
                    yield () -> client.send(Http2Client.RST_STREAM, 0, 1, Http2Client.integer(8));
                }
            };
        }

        private static Socket get(Socket socket) throws IOException {
            String request = "GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return socket;
        }
    }

    @TempDir
    private Path folder;

    private final HttpClient http = HostWithHttps.client();

    private RunningHost start(boolean tls) {
        PluginJar jar = PluginJar.of(ForgetfulPlugin.class, "forgetful", "1.0.0");
        if (tls) {
            return HostWithHttps.start(folder, jar, LONG_DRAIN);
        }
        jar.writeTo(RunningHost.dropFolder(folder).resolve("forgetful.jar"));
        return RunningHost.start(folder, LONG_DRAIN);
    }

    private void awaitRequest(RunningHost host) {
        HttpRequest metrics = HttpRequest.newBuilder(host.uri("/metrics")).build();
        await().atMost(LIMIT)
                .until(() -> http.send(metrics, BodyHandlers.ofString())
                        .body()
                        .contains("forgetful_waiting{plugin=\"forgetful\"} 1"));
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @ParameterizedTest
    @EnumSource
    void theHostStops(End end) throws Exception {
        try (RunningHost host = start(end.needsTls())) {
            AutoCloseable client = end.request(host.port());
            awaitRequest(host);
            client.close();

            long begin = System.nanoTime();
            host.close();

            assertThat(since(begin)).isLessThan(SOON);
        }
    }

    @Test
    void theHostWaitsForAClientUntilItGoes() throws Exception {
        try (RunningHost host = start(false)) {
            AutoCloseable client = End.CONNECTION_CLOSED.request(host.port());
            awaitRequest(host);

            Thread stop = Thread.ofPlatform().start(host::close);
            assertThat(stop.join(Duration.ofSeconds(2))).isFalse();

            client.close();
            assertThat(stop.join(SOON)).isTrue();
        }
    }

    /** Of HTTP/1.1, the host would have to read ahead on a connection that stays in use. */
    @ParameterizedTest
    @EnumSource(names = "HTTP2_.*", mode = EnumSource.Mode.MATCH_ALL)
    void aPluginStops(End end) throws Exception {
        try (RunningHost host = start(true)) {
            AutoCloseable client = end.request(host.port());
            awaitRequest(host);
            client.close();

            long begin = System.nanoTime();
            http.send(
                    HttpRequest.newBuilder(host.uri("/api/host/plugins/forgetful/disable"))
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            host.close();

            assertThat(since(begin)).isLessThan(SOON);
        }
    }
}
