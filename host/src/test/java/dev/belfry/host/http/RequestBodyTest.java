package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A malformed body is an error of the client: no handler runs, and nothing is logged as an error. */
class RequestBodyTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String JSON = "Host: localhost\r\nContent-Type: application/json\r\n";

    @TempDir
    private Path folder;

    private RunningHost host;

    @BeforeEach
    void start() {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        host = RunningHost.start(folder);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String answerTo(String request) throws Exception {
        CapturedLog log = CapturedLog.of(ErrorResponses.class);
        try (RawConnection client = new RawConnection(host.port())) {
            String answer = client.send(request).end().readAll(LIMIT);
            assertThat(log.messages()).isEmpty();
            assertThat(host.get("/metrics").body()).doesNotContain("status=\"500\"");
            return answer;
        }
    }

    @Test
    void aTruncatedBodyIsRejected() throws Exception {
        assertThat(answerTo("POST /api/probe/notes HTTP/1.1\r\n" + JSON + "Content-Length: 100\r\n\r\n{\"text\":"))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).isEmpty(),
                        answer -> assertThat(answer).startsWith("HTTP/1.1 400").contains("ended early"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "-5\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}0\r\n\r\n",
                "2\r\n{",
                "fffffffffffffffff\r\n"
            })
    void aBadlyChunkedBodyIsRejected(String body) throws Exception {
        assertThat(answerTo("POST /api/probe/notes HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n" + body))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).isEmpty(),
                        answer -> assertThat(answer).startsWith("HTTP/1.1 400"));
    }

    @Test
    void aBodyOverTheLimitIsRejectedBeforeItIsSent() throws Exception {
        try (RawConnection client = new RawConnection(host.port())) {
            client.send("POST /api/probe/notes HTTP/1.1\r\n" + JSON
                    + "Content-Length: 2000000\r\nExpect: 100-continue\r\n\r\n");

            assertThat(client.readLine(LIMIT)).isEqualTo("HTTP/1.1 413 Payload Too Large");
        }
    }

    /** A server that closes the connection meanwhile resets it, and the client loses the response. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1500000", "Transfer-Encoding: chunked"})
    void aClientThatSendsABodyOverTheLimitGetsTheResponse(String length) throws Exception {
        boolean chunked = length.startsWith("Transfer");
        try (RawConnection client = new RawConnection(host.port())) {
            client.send("POST /api/probe/notes HTTP/1.1\r\n" + JSON + length + "\r\n\r\n");
            for (int i = 0; i < 15; i++) {
                Thread.sleep(20);
                client.send((chunked ? "186a0\r\n" : "") + "x".repeat(100_000) + (chunked ? "\r\n" : ""));
            }
            client.send(chunked ? "0\r\n\r\n" : "");

            assertThat(client.readLine(LIMIT)).isEqualTo("HTTP/1.1 413 Payload Too Large");
        }
    }

    @Test
    void expectContinueIsAnswered() throws Exception {
        try (RawConnection client = new RawConnection(host.port())) {
            client.send("POST /api/probe/notes HTTP/1.1\r\n" + JSON
                    + "Content-Length: 14\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
            assertThat(client.readLine(LIMIT)).isEqualTo("HTTP/1.1 100 Continue");

            assertThat(client.send("{\"text\": \"a\"} ").readAll(LIMIT)).contains("HTTP/1.1 200 OK");
        }
    }
}
