package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.HostMain;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.tls.PemFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 clients cannot fill the heap of a host, which would then exit. */
@Tag("soak")
@Timeout(300)
class Http2HeapTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 60;
    private static final String LONG = "x".repeat(15_000);

    private final List<Http2Client> attackers = new ArrayList<>();

    @TempDir
    private Path folder;

    private Process host;
    private int port;

    @BeforeEach
    void start() throws IOException {
        PluginJar.of(Http2ClientsTest.EchoPlugin.class, "echo", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("echo.jar"));
        PemFile.copy("server", folder);
        host = HostMain.start(
                folder,
                "backend: { https: { certificate: { cert: { $file: cert.pem }, key: { $file: key.pem } } } }",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError");
        await().atMost(LIMIT).until(() -> out().contains("serving "));
        port = out().lines()
                .filter(line -> line.startsWith("serving "))
                .map(line ->
                        URI.create(line.substring("serving ".length()).strip()).getPort())
                .findFirst()
                .orElseThrow();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    @AfterEach
    void stop() throws Exception {
        for (Http2Client attacker : attackers) {
            attacker.close();
        }
        host.destroy();
        host.waitFor();
    }

    /** Sends a hundred requests on each of many connections. */
    private void attack(Attack attack) {
        for (int i = 0; i < CONNECTIONS; i++) {
            try {
                Http2Client client = Http2Client.withoutWindow(port);
                attackers.add(client);
                for (int stream = 1; stream < 2 * Http2.MAX_STREAMS && !client.isClosed(); stream += 2) {
                    attack.request(client, stream);
                }
            } catch (IOException e) {
                // The host has closed the connection.
            }
        }
    }

    private interface Attack {
        void request(Http2Client client, int stream) throws IOException;
    }

    private void assertServes() {
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            assertThat(host.isAlive()).isTrue();
            try (HttpClient client = HostWithHttps.client()) {
                URI uri = URI.create("https://localhost:" + port + "/api/echo/quick");
                return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body()
                        .equals("quick");
            }
        });
        assertThat(host.isAlive()).isTrue();
    }

    @Test
    void theHostSurvivesManyRequestsWithLongHeadersWhoseBodiesNeverEnd() {
        attack((client, stream) -> client.post(stream, "/api/echo/length", "x-long", LONG));
        assertServes();
    }

    @Test
    void theHostSurvivesManyResponsesWithoutWindow() {
        attack((client, stream) -> client.get(stream, "/api/echo/medium"));
        assertServes();
    }

    @Test
    void theHostSurvivesBodiesInFramesOfOneByteThatItDoesNotRead() {
        byte[] one = new byte[1];
        attack((client, stream) -> {
            client.post(stream, "/api/echo/unread", "content-type", "multipart/form-data; boundary=x");
            for (int i = 0; i < 400; i++) {
                client.send(Http2Client.DATA, 0, stream, one);
            }
        });
        assertServes();
    }
}
