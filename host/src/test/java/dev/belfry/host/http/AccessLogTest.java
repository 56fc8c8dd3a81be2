package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each request has one line, whichever part of the host responds. */
class AccessLogTest {

    @TempDir
    private static Path folder;

    private static RunningHost host;

    private final CapturedLog log = CapturedLog.ofInfo("access");

    @BeforeAll
    static void start() {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        host = RunningHost.start(
                folder,
                "belfry: { accessLog: true }",
                "log: { probes: false }",
                "backend: { cors: { origin: 'https://portal.example' } }");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private void assertLine(String pattern) {
        await().untilAsserted(() -> assertThat(log.messages())
                .filteredOn(line -> line.matches(pattern))
                .hasSize(1));
    }

    @Test
    void aLineContainsClientAddressAndCaller() {
        host.get("/api/probe/caller?a=secret", "X-Request-Id", "id-1");

        assertLine("127\\.0\\.0\\.1 user:default/guest GET /api/probe/caller 200 \\d+ ms id-1");
    }

    @Test
    void aRejectedCallerIsLoggedWithTheReason() {
        host.get("/api/probe/caller", "X-Request-Id", "id-2", "Authorization", "Bearer x.y.z");

        assertLine("127\\.0\\.0\\.1 - GET /api/probe/caller 401 \\d+ ms id-2 the token is not a signed JSON web token"
                + " \\(route /api/probe/caller\\)");
    }

    @Test
    void aRefusedMethodIsLoggedWithCallerAndRoute() {
        host.send("DELETE", "/api/probe/notes", BodyPublishers.noBody(), "X-Request-Id", "id-3");

        assertLine(
                "127\\.0\\.0\\.1 user:default/guest DELETE /api/probe/notes 405 \\d+ ms id-3 the method DELETE is not"
                        + " allowed here; allowed: .* \\(route /api/probe/notes\\)");
    }

    @Test
    void successfulProbesCanBeLeftOut() {
        assertThat(host.get("/readyz", "X-Request-Id", "id-4").statusCode()).isEqualTo(200);
        assertThat(host.get("/livez", "X-Request-Id", "id-5").statusCode()).isEqualTo(200);
        host.get("/metrics", "X-Request-Id", "id-6");

        assertLine(".* GET /metrics 200 \\d+ ms id-6");
        assertThat(log.messages()).noneMatch(line -> line.contains("id-4") || line.contains("id-5"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                GET /api/probe/%2e%2e/x HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n     | 400 | GET /api/probe/%2e%2e/x
                GET /no-host HTTP/1.1\\r\\n\\r\\n                                   | 400 | GET /no-host
                GET /version HTTP/9.9\\r\\nHost: localhost\\r\\n\\r\\n               | 400 | - - 400
                GET /%2e%2e/x HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n              | 400 | - - 400
                GET /api/%2e%2e/x HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n          | 400 | GET /api/%2e%2e/x 400
                GET /long HTTP/1.1\\r\\nHost: localhost\\r\\nX: LONG\\r\\n\\r\\n     | 431 | GET /long
                GET /LONG HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n                  | 414 | - - 414
                GET /two HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n              | 400 | GET /two
                """)
    void requestsThatTheServerRejectsAreLogged(String request, int status, String begin) throws Exception {
        try (RawConnection connection = new RawConnection(host.port())) {
            connection.send(request.replace("\\r", "\r").replace("\\n", "\n").replace("LONG", "x".repeat(20_000)));
            assertThat(connection.readLine(Duration.ofSeconds(10))).contains(" " + status + " ");
        }
        await().untilAsserted(() -> assertThat(log.messages())
                .filteredOn(line -> line.contains(" " + status + " "))
                .singleElement()
                .asString()
                .startsWith("127.0.0.1 - " + begin)
                .hasSizeLessThan(500));
    }

    @Test
    void requestsThatTheServerRejectsAreCounted() throws Exception {
        try (RawConnection connection = new RawConnection(host.port())) {
            connection.send("GET /counted HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(connection.readLine(Duration.ofSeconds(10))).contains(" 431 ");
        }

        await().untilAsserted(() -> assertThat(host.get("/metrics").body())
                .contains("http_server_requests_seconds_count"
                        + "{method=\"GET\",plugin=\"none\",route=\"none\",status=\"431\"}"));
    }

    @Test
    void rejectedOriginsAndHostNamesAreLogged() throws Exception {
        CrossSiteProtectionTest.answer(host, "GET", "/elsewhere", "Host: evil.example");
        CrossSiteProtectionTest.answer(host, "POST", "/elsewhere", "Host: localhost", "Origin: https://evil.example");

        assertLine("127\\.0\\.0\\.1 - GET /elsewhere 421 \\d+ ms \\S+ the host 'evil\\.example' is not served here.*");
        assertLine(
                "127\\.0\\.0\\.1 - POST /elsewhere 403 \\d+ ms \\S+ a page of the origin 'https://evil\\.example'.*");
    }
}
