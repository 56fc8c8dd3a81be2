package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page in a local browser cannot act as the guest. */
class CrossSiteProtectionTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String NOTE = "{\"text\":\"x\",\"numbers\":[]}";

    @TempDir
    private static Path folder;

    private static RunningHost host;

    @BeforeAll
    static void start() {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        host = RunningHost.start(folder, """
                backend:
                  baseUrl: https://belfry.example
                  trustProxy: 10.0.0.1
                  cors: { origin: 'https://portal.example' }
                """);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    /** The complete response to a request with these header lines. */
    static String answer(RunningHost to, String method, String path, String... headers) throws IOException {
        String body = method.equals("GET") ? "" : NOTE;
        try (RawConnection connection = new RawConnection(to.port())) {
            connection.send(method + " " + path + " HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n" + body);
            return connection.readAll(LIMIT);
        }
    }

    private static int status(String method, String path, String... headers) throws IOException {
        return Integer.parseInt(answer(host, method, path, headers).split(" ")[1]);
    }

    private static String withPort(String text) {
        return text.replace("PORT", Integer.toString(host.port()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:PORT",
                "localhost:1",
                "127.0.0.1",
                "127.0.0.1:PORT",
                "127.9.9.9",
                "[::1]:PORT",
                "belfry.example",
                "Belfry.Example:443"
            })
    void ownHostNamesAreServed(String name) throws Exception {
        assertThat(status("GET", "/api/probe/caller", "Host: " + withPort(name)))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "belfry.example.evil",
                "10.0.0.9:PORT",
                "0.0.0.0:PORT"
            })
    void foreignHostNamesGet421(String name) throws Exception {
        for (String path : new String[] {"/api/probe/caller", "/api/probe/text", "/", "/livez", "/api/host/plugins"}) {
            assertThat(status("GET", path, "Host: " + withPort(name))).as(path).isEqualTo(421);
        }
        assertThat(answer(host, "GET", "/api/probe/caller", "Host: " + withPort(name)))
                .contains("backend.baseUrl", "\"statusCode\":421");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example:PORT",
                "http://localhost:1",
                "https://localhost:PORT/",
                "http://belfry.example",
                "file://",
                "http://",
                "x"
            })
    void aForeignOriginCannotChangeAnythingAndIsNotTheGuest(String origin) throws Exception {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "PURGE"}) {
            assertThat(status(
                            method,
                            "/api/probe/notes",
                            "Host: " + withPort("localhost:PORT"),
                            "Origin: " + withPort(origin)))
                    .as(method)
                    .isEqualTo(403);
        }
        assertThat(status("GET", "/api/probe/caller", "Host: localhost", "Origin: " + withPort(origin)))
                .isEqualTo(401);
        assertThat(status("GET", "/api/probe/caller", "Host: localhost")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:PORT, http://localhost:PORT",
        "127.0.0.1:PORT, http://127.0.0.1:PORT",
        "localhost, http://localhost",
        "localhost:80, http://localhost",
        "belfry.example, https://belfry.example",
        "localhost:PORT, https://belfry.example",
        "localhost:PORT, https://portal.example",
        "[::1]:PORT, http://[::1]:PORT",
        "127.0.0.1, HTTP://127.0.0.1:80"
    })
    void ownAndConfiguredOriginsAreAllowed(String name, String origin) throws Exception {
        assertThat(status("POST", "/api/probe/notes", "Host: " + withPort(name), "Origin: " + withPort(origin)))
                .isEqualTo(200);
    }

    @Test
    void pagesOfAnyOriginDoNotActAsTheGuestUnlessTheirOriginIsNamed(@TempDir Path own) throws Exception {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(own).resolve("probe.jar"));
        try (RunningHost open = RunningHost.start(own, """
                backend: { cors: { credentials: true, origin: ['*', 'https://portal.example'] } }
                """)) {
            for (String origin : List.of("https://evil.example", "null")) {
                assertThat(answer(open, "GET", "/api/probe/caller", "Host: localhost", "Origin: " + origin))
                        .startsWith("HTTP/1.1 401")
                        .contains("Access-Control-Allow-Origin: " + origin)
                        .doesNotContain("Access-Control-Allow-Credentials");
                assertThat(answer(open, "POST", "/api/auth/guest/start", "Host: localhost", "Origin: " + origin))
                        .startsWith("HTTP/1.1 403")
                        .doesNotContain("Set-Cookie");
            }
            assertThat(answer(open, "GET", "/api/probe/caller", "Host: localhost", "Origin: https://portal.example"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aRequestWithATokenIsAllowedFromAnyOrigin() throws Exception {
        // The token is invalid, and the response says so.
        assertThat(status(
                        "POST",
                        "/api/probe/notes",
                        "Host: localhost",
                        "Origin: https://evil.example",
                        "Authorization: Bearer x"))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 192.0.2.1",
                "x-forwarded-host: localhost",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Anything: x",
                "Forwarded: for=192.0.2.1",
                "X-Real-IP: 192.0.2.1"
            })
    void forwardedRequestsNeverActAsTheGuest(String header) throws Exception {
        String answer = answer(host, "GET", "/api/probe/caller", "Host: localhost", header);

        assertThat(answer).startsWith("HTTP/1.1 401").contains("backend.trustProxy");
        assertThat(status("GET", "/api/probe/text", "Host: localhost", header)).isEqualTo(200);
    }

    @Test
    void whereBrowsersUseHttpsTheCookieIsForThisHostAloneAndEncrypted() throws Exception {
        String answer = answer(host, "POST", "/api/auth/guest/start", "Host: localhost");

        assertThat(answer.lines().filter(line -> line.startsWith("Set-Cookie")))
                .singleElement()
                .asString()
                .matches("Set-Cookie: __Host-belfry=[\\w-]{43}; Path=/; .*Secure; HttpOnly; SameSite=Lax");
    }
}
