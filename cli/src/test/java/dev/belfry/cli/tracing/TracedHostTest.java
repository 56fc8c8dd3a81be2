package dev.belfry.cli.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.cli.StartProcess;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.tracing.TracedPlugin;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts in processes of their own, with a real plugin, and a collector. */
class TracedHostTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern SERVING = Pattern.compile("serving +(http://[\\d.:]+)");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();
    private String settings =
            RunningHost.CONFIG.replace("accessLog: false", "accessLog: true, outgoing: { allow: [ 127.0.0.1 ] }");

    @AfterEach
    void stop() throws InterruptedException {
        http.close();
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    /** @param options for the JVM */
    private Process start(Map<String, String> variables, String log, String... options) throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), settings + log);
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
        PluginJar.of(TracedPlugin.class, "bells", "1.2.3")
                .writeTo(RunningHost.dropFolder(folder).resolve("bells.jar"));
        ProcessBuilder builder = StartProcess.of(folder, List.of(config), options);
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        started.add(process);
        await().atMost(LIMIT).until(() -> SERVING.matcher(output()).find() || !process.isAlive());
        return process;
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private List<String> lines(String text) throws IOException {
        return output().lines().filter(line -> line.contains(text)).toList();
    }

    private void get(String path) throws Exception {
        assertThat(send(path, "Accept", "*/*").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> send(String path, String... headers) throws Exception {
        Matcher serving = SERVING.matcher(output());
        assertThat(serving.find()).isTrue();
        return http.send(
                HttpRequest.newBuilder(URI.create(serving.group(1) + path))
                        .headers(headers)
                        .build(),
                BodyHandlers.ofString());
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static void assertParent(Span child, Span parent) {
        assertThat(hex(child.getTraceId())).as(child.getName()).isEqualTo(hex(parent.getTraceId()));
        assertThat(hex(child.getParentSpanId())).as(child.getName()).isEqualTo(hex(parent.getSpanId()));
    }

    private static Span span(CollectorStub collector, String name) {
        await().atMost(LIMIT).until(() -> collector.span(name).isPresent());
        return collector.span(name).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void theCollectorGetsOneTraceOfARequestAndLogLinesNameIt(String format) throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        try (CollectorStub collector = new CollectorStub()) {
            Process process = start(
                    Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "100"),
                    "log: { format: " + format + " }\n");
            get("/api/bells/all/little?uri=http://127.0.0.1:"
                    + other.getAddress().getPort() + "/");
            Span server = span(collector, "GET /api/bells/all/{name}");
            Span plugin = span(collector, "plugin bells");
            Span client = span(collector, "GET");
            Span payload = span(collector, "queue bells/rings");

            assertThat(server.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(server.getParentSpanId().isEmpty()).isTrue();
            assertParent(plugin, server);
            assertParent(span(collector, "select sqlite_master"), plugin);
            assertParent(client, plugin);
            assertParent(payload, plugin);
            assertThat(received)
                    .singleElement()
                    .asString()
                    .startsWith("00-" + hex(client.getTraceId()) + "-" + hex(client.getSpanId()) + "-");
            assertThat(collector.resource("service.name")).isEqualTo("belfry");
            assertThat(collector.resource("service.version")).isNotEmpty();
            assertThat(collector.paths()).containsOnly("/v1/traces");

            stop(process);
            List<String> log = output().lines().toList();
            String trace = hex(plugin.getTraceId());
            boolean text = format.equals("text");
            assertThat(log)
                    .filteredOn(line -> line.contains("asked for all"))
                    .singleElement()
                    .asString()
                    .contains(
                            text
                                    ? " trace_id=" + trace + " span_id=" + hex(plugin.getSpanId())
                                    : "\"trace.id\":\"" + trace + "\",\"span.id\":\"" + hex(plugin.getSpanId()) + "\"");
            assertThat(log)
                    .filteredOn(line -> line.contains("/api/bells/all/little"))
                    .singleElement()
                    .asString()
                    .contains(trace, hex(server.getSpanId()));
            assertThat(log)
                    .filteredOn(line -> line.contains("is running"))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("trace"));
        } finally {
            other.stop(0);
        }
    }

    /** Sends no valid token: what the host does with the responses is not the subject here. */
    @Test
    void theCollectorGetsTheHostsOwnRequestsToOtherServers() throws Exception {
        Map<String, String> received = new ConcurrentHashMap<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + other.getAddress().getPort();
        Map<String, String> bodies = Map.of(
                "/users.yaml", "kind: User\nmetadata: { name: ada }\n",
                "/keys", "{ \"keys\": [] }",
                "/token", "{ \"error\": \"invalid_grant\" }",
                "/.well-known/openid-configuration", """
                        { "issuer": "A", "authorization_endpoint": "A/authorize", "token_endpoint": "A/token",
                          "jwks_uri": "A/keys", "subject_types_supported": [ "public" ],
                          "response_types_supported": [ "code" ] }
                        """.replace("\"A", "\"" + address));
        other.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            received.put(
                    path,
                    String.valueOf(exchange.getRequestHeaders().getFirst("traceparent"))
                            .replaceFirst("-..$", ""));
            byte[] body = bodies.getOrDefault(path, "").getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(path.equals("/token") ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
        settings = settings.replace("guest: {} } }", """
                        guest: {}, oidc: { development: { metadataUrl: A, clientId: belfry, clientSecret: secret,
                            signIn: { resolvers: [ { resolver: emailMatchingUserEntityProfileEmail } ] } } } },
                            issuers: [ { issuer: corp, audience: belfry, jwks: A/keys } ] }""")
                .replace("catalog.yaml }", "catalog.yaml }, { type: url, target: A/users.yaml }")
                .replace(": A", ": " + address);
        try (CollectorStub collector = new CollectorStub()) {
            start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "100"), "");
            send("/api/bells/quiet", "Authorization", "Bearer " + unsigned());
            HttpResponse<String> begun = send("/api/auth/oidc/start", "Accept", "*/*");
            Matcher state = Pattern.compile("state=([^&]+)")
                    .matcher(begun.headers().firstValue("Location").orElseThrow());
            assertThat(state.find()).isTrue();
            send(
                    "/api/auth/oidc/handler/frame?code=1&state=" + state.group(1),
                    "Cookie",
                    begun.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", ""));

            Span keys = client(collector, address + "/keys");
            Span metadata = client(collector, address + "/.well-known/openid-configuration");
            Span token = client(collector, address + "/token");
            assertThat(hex(keys.getTraceId()))
                    .isEqualTo(hex(span(collector, "GET /api/bells/quiet").getTraceId()));
            assertParent(metadata, span(collector, "GET /api/auth/oidc/start"));
            assertParent(token, span(collector, "GET /api/auth/oidc/handler/frame"));
            assertThat(token.getName()).isEqualTo("POST");
            assertThat(token.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(keys.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            Span users = client(collector, address + "/users.yaml");
            assertThat(received)
                    .containsEntry("/users.yaml", traceparent(users))
                    .containsEntry("/keys", traceparent(keys))
                    .containsEntry("/.well-known/openid-configuration", traceparent(metadata))
                    .containsEntry("/token", traceparent(token));
        } finally {
            other.stop(0);
        }
    }

    /** A token of the issuer, with a key that nobody has. */
    private static String unsigned() {
        return Stream.of(
                        "{\"alg\":\"ES256\",\"kid\":\"1\"}",
                        "{\"iss\":\"corp\",\"aud\":\"belfry\",\"sub\":\"user:default/ada\",\"exp\":9999999999}",
                        "-".repeat(64))
                .map(part -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(part.getBytes(StandardCharsets.US_ASCII)))
                .collect(Collectors.joining("."));
    }

    private static Span client(CollectorStub collector, String url) {
        await().atMost(LIMIT).until(() -> collector.client(url).isPresent());
        return collector.client(url).orElseThrow();
    }

    /** The header without its flags. */
    private static String traceparent(Span span) {
        return "00-" + hex(span.getTraceId()) + "-" + hex(span.getSpanId());
    }

    @Test
    void withoutVariablesNoClassOfOpenTelemetryIsLoadedAndNothingIsSent() throws Exception {
        Path classes = folder.resolve("classes");
        try (CollectorStub collector = new CollectorStub()) {
            Process process = start(
                    Map.of("OTEL_SERVICE_NAME", "bells", "OTEL_EXPORTER_OTLP_HEADERS", "key=hidden"),
                    "",
                    "-Xlog:class+load:file=" + classes);
            get("/api/bells/quiet");
            stop(process);

            assertThat(collector.paths()).isEmpty();
        }
        assertThat(Files.readString(classes)).contains("dev.belfry.host.tracing.NoTracing");
        assertThat(Files.readAllLines(classes).stream().filter(line -> line.contains(" io.opentelemetry.")))
                .isEmpty();
        assertThat(lines("traces are off"))
                .singleElement()
                .asString()
                .contains("OTEL_EXPORTER_OTLP_HEADERS, OTEL_SERVICE_NAME. To export traces, set")
                .doesNotContain("hidden");
        assertThat(output()).doesNotContain("trace_id");
    }

    @Test
    void aCollectorThatIsDownCostsOneWarningAndDoesNotHoldUpTheStop() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Process process = start(
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + nobody,
                        "OTEL_EXPORTER_OTLP_TIMEOUT",
                        "500",
                        "OTEL_BSP_SCHEDULE_DELAY",
                        "50"),
                "");
        get("/api/bells/quiet");
        await().atMost(LIMIT).until(() -> !lines("traces cannot be exported").isEmpty());
        get("/api/bells/quiet");
        long told = System.nanoTime();
        stop(process);

        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(20));
        assertThat(lines("WARN"))
                .singleElement()
                .asString()
                .contains("traces cannot be exported", "Check the collector");
        assertThat(output()).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void aWrongVariableStopsTheStartWithOneLine() throws Exception {
        Process process = start(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318", "OTEL_TRACES_SAMPLER", "sometimes"), "");

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(lines("OTEL_TRACES_SAMPLER")).singleElement().asString().contains("sometimes");
        assertThat(output()).doesNotContain("\tat ", "Exception");
    }
}
