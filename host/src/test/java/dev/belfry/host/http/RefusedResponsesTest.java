package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error response is complete, and contains nothing else. */
class RefusedResponsesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Fails after a part of its response. */
    public static final class HalfPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get("/half", Access.PUBLIC, (request, caller) -> {
                request.header("ETag", "\"half\"").contentType("application/json");
                request.outputStream().write("[{\"id\":1},".getBytes(StandardCharsets.UTF_8));
                throw ApiError.tooManyRequests("too many", Duration.ofSeconds(3));
            }));
        }
    }

    @TempDir
    private Path folder;

    private RunningHost host;

    @BeforeEach
    void start() {
        PluginJar.of(HalfPlugin.class, "half", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("half.jar"));
        host = RunningHost.start(folder);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String answerTo(String request) throws Exception {
        try (RawConnection client = new RawConnection(host.port())) {
            return client.send(request + "Host: localhost\r\nConnection: close\r\n\r\n")
                    .readAll(LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Encoding: gzip\r\n"})
    void aPartOfTheResponseIsDiscarded(String header) throws Exception {
        assertThat(answerTo("GET /api/half/half HTTP/1.1\r\n" + header))
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 3", "X-Request-Id: ", "{\"error\":{\"name\":\"TooManyRequestsError\"")
                .doesNotContain("{\"id\":1}", "ETag", "Content-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void aRefusalByTheServerHasABodyForEveryMethod(String method) throws Exception {
        assertThat(answerTo(method + " /api/half/half HTTP/1.1\r\nX-Long: " + "x".repeat(20_000) + "\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("X-Request-Id: ", "X-Content-Type-Options: nosniff", "{\"error\":{");
    }
}
