package dev.belfry.host.http;

import static dev.belfry.host.http.ProbeHost.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static RunningHost host;

    @BeforeAll
    static void start() {
        host = ProbeHost.start(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void aRequestReachesThePluginOfItsPath() {
        assertThat(host.get("/api/probe/text").body()).isEqualTo("text");
        assertThat(host.get("/api/probe/text/").body()).isEqualTo("text");
    }

    @Test
    void everyResponseHasARequestIdAndSecurityHeaders() {
        HttpResponse<String> answer = host.get("/api/probe/text", "X-Request-Id", "abc-1");

        assertThat(answer.headers().firstValue("X-Request-Id")).contains("abc-1");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(answer.headers().map()).doesNotContainKey("Server");
    }

    @Test
    void aRequestIdThatCouldForgeALogLineIsReplaced() {
        HttpResponse<String> answer = host.get("/api/probe/text", "X-Request-Id", "a b");

        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent().isNotEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/probe/nothing", "/api/nobody", "/api/Probe/text", "/api/probe/TEXT", "/nothing", "/api"})
    void anUnknownPathIs404(String path) throws IOException {
        assertError(host.get(path), 404, "NotFoundError", path);
    }

    @Test
    void theErrorRepeatsPathAndQueryAsReceived() throws IOException {
        JsonNode body = JSON.readTree(host.get("/api/probe/nothing?a=%20b").body());

        assertThat(body.at("/request/url").asText()).isEqualTo("/api/probe/nothing?a=%20b");
        assertThat(body.at("/request/method").asText()).isEqualTo("GET");
    }

    @Test
    void aWrongMethodIs405WithTheAllowedMethods() throws IOException {
        HttpResponse<String> answer = host.send("DELETE", "/api/probe/text", BodyPublishers.noBody());

        assertError(answer, 405, "MethodNotAllowedError", "DELETE");
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET");
    }

    @Test
    void headRespondsLikeGetWithoutABody() {
        HttpResponse<String> answer = host.send("HEAD", "/api/probe/text", BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).contains("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/%70robe/text", "/api/probe;x=1/text", "/api//probe/text", "//api/probe/text"})
    void aDifferentSpellingOfAnIdDoesNotReachThePlugin(String path) {
        assertThat(host.get(path).statusCode()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/probe/%2e%2e/host/plugins", "/api/probe/..%2fhost/plugins", "/api/probe/a%2fb"})
    void ambiguousPathsAreRejectedWithTheUsualErrorBody(String path) throws IOException {
        assertError(host.get(path), 400, "InputError", "");
    }

    @Test
    void methodOverrideHeadersAreIgnored() {
        assertThat(host.send("POST", "/api/probe/text", BodyPublishers.noBody(), "X-HTTP-Method-Override", "GET")
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void websocketHeadersDoNotChangeTheResponseToGet() {
        assertThat(host.get("/api/probe/text", "Sec-WebSocket-Version", "13").body())
                .isEqualTo("text");
    }

    @Test
    void anInternalErrorRevealsOnlyTheRequestId() throws IOException {
        HttpResponse<String> answer = host.get("/api/probe/fails", "X-Request-Id", "seen-in-the-log");

        assertError(answer, 500, "InternalError", "seen-in-the-log");
        assertThat(answer.body()).doesNotContain("password").doesNotContain("IllegalState");
    }

    @Test
    void aResponseThatFailsHalfwayIsAborted() {
        assertThatThrownBy(() -> host.get("/api/probe/breaks-off")).isInstanceOf(UncheckedIOException.class);
        assertThat(host.get("/api/probe/text").statusCode()).isEqualTo(200);
    }

    @Test
    void anErrorInAHandlerFailsOnlyThatRequest() throws IOException {
        assertError(host.get("/api/probe/overflows"), 500, "InternalError", "");
        assertThat(host.get("/api/probe/text").statusCode()).isEqualTo(200);
    }

    @Test
    void temporaryFailuresAre503WithRetryAfter() throws IOException {
        HttpResponse<String> answer = host.get("/api/probe/away");

        assertError(answer, 503, "ServiceUnavailableError", "come back");
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertError(host.get("/api/probe/database-away"), 503, "ServiceUnavailableError", "database");
    }

    @Test
    void aDatabaseThatAPluginReportsAsUnavailableIs503WithoutDetails() throws IOException {
        HttpResponse<String> answer = host.get("/api/probe/store-full");

        assertError(answer, 503, "ServiceUnavailableError", "the disk of the database is full; retry in a moment");
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.body()).doesNotContain("/dev/sda1");
    }

    @Test
    void longResponsesAreCompressedIfTheClientAcceptsIt() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.getOutputStream()
                    .write(("GET /api/probe/long HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            String head = new String(answer, StandardCharsets.ISO_8859_1);
            int body = head.indexOf("\r\n\r\n") + 4;

            assertThat(head).containsIgnoringCase("Content-Encoding: gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(answer, body, answer.length - body)).readAllBytes())
                    .hasSize(10_000);
        }
    }

    /** A wildcard covers neither Authorization nor requests with credentials. */
    @Test
    void aPreflightAllowsTheHeadersThatItAsksFor() {
        String[] preflight = {
            "Origin", "https://portal.example",
            "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "authorization, content-type"
        };
        HttpResponse<String> known = host.send("OPTIONS", "/api/probe/notes", BodyPublishers.noBody(), preflight);
        preflight[1] = "https://evil.example";
        HttpResponse<String> unknown = host.send("OPTIONS", "/api/probe/notes", BodyPublishers.noBody(), preflight);

        assertThat(known.headers().firstValue("Access-Control-Allow-Headers")).contains("authorization, content-type");
        assertThat(unknown.headers().firstValue("Access-Control-Allow-Headers")).isEmpty();
    }

    @Test
    void theEndOfAConnectionAfterAMalformedRequestIsAnnounced() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.getOutputStream()
                    .write("GET /api/probe/a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }

    @Test
    void corsAllowsOnlyConfiguredOrigins() {
        HttpResponse<String> known = host.send(
                "OPTIONS",
                "/api/probe/notes",
                BodyPublishers.noBody(),
                "Origin",
                "https://portal.example",
                "Access-Control-Request-Method",
                "POST");
        HttpResponse<String> unknown = host.get("/api/probe/text", "Origin", "https://evil.example");

        assertThat(known.headers().firstValue("Access-Control-Allow-Origin")).contains("https://portal.example");
        assertThat(known.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("POST");
        assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void anAsynchronousResponseIsCountedOnce() {
        for (int i = 0; i < 5; i++) {
            host.get("/api/probe/at-once");
        }

        org.awaitility.Awaitility.await()
                .until(() -> host.get("/metrics").body().contains("route=\"/at-once\",status=\"200\"} 5"));
        assertThat(host.get("/metrics").body()).doesNotContain("route=\"/at-once\",status=\"200\"} 10");
    }

    @Test
    void anUnknownHttpVersionIsAClientError() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.getOutputStream()
                    .write("GET /api/probe/text HTTP/7.5\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("InputError");
        }
    }

    @Test
    void asynchronousHandlersRespond() {
        assertThat(host.get("/api/probe/async").body()).isEqualTo("later");
    }

    @Test
    void aStreamStaysOpen() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.getOutputStream()
                    .write(("GET /api/probe/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder seen = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (!seen.toString().contains("event: tick")) {
                int next = in.read();
                assertThat(next).as("the stream must not end: " + seen).isNotNegative();
                seen.append((char) next);
            }
        }
    }

    @Test
    void requestsAreCountedByPluginAndRoute() {
        host.get("/api/probe/text");

        assertThat(host.get("/metrics").body())
                .contains(
                        "http_server_requests_seconds_count{method=\"GET\",plugin=\"probe\",route=\"/text\",status=\"200\"}")
                .contains("jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/readyz", "/livez", "/.backstage/health/v1/readiness", "/.backstage/health/v1/liveness"})
    void livenessAndReadinessAreOk(String path) {
        assertThat(host.get(path).body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aPluginSeesItsOwnClassesTheApiAndThePlatformLibraries() throws IOException {
        JsonNode seen = JSON.readTree(host.get("/api/probe/loader").body());

        assertThat(seen.at("/api").asBoolean()).isTrue();
        assertThat(seen.at("/jooq").asBoolean()).isTrue();
        assertThat(seen.at("/contextLoaderIsOwn").asBoolean()).isTrue();
        assertThat(seen.at("/host").asBoolean()).isFalse();
        assertThat(seen.at("/flyway").asBoolean()).isFalse();
        assertThat(seen.at("/pf4j").asBoolean()).isFalse();
        assertThat(seen.at("/databind").asBoolean()).isFalse();
        assertThat(seen.at("/hostResources").asBoolean()).isFalse();
    }

    @Test
    void aStopCompletesRequestsInFlight(@TempDir Path other) throws Exception {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(other).resolve("probe.jar"));
        RunningHost second = RunningHost.start(other);
        CompletableFuture<HttpResponse<String>> slow;
        try {
            Path inside = other.resolve("inside");
            slow = CompletableFuture.supplyAsync(() -> second.get("/api/probe/slow?inside=" + inside));
            org.awaitility.Awaitility.await().until(() -> Files.exists(inside));
        } finally {
            second.close();
        }
        assertThat(slow.get(5, TimeUnit.SECONDS).body()).isEqualTo("slow");
    }
}
