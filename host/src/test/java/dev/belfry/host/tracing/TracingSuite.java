package dev.belfry.host.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.host.Belfry;
import dev.belfry.host.BelfryBuilder;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The spans of a real host with a real plugin, and of a server that the plugin calls. */
abstract class TracingSuite {

    static final Duration LIMIT = Duration.ofSeconds(10);
    static final AttributeKey<String> PLUGIN = AttributeKey.stringKey("belfry.plugin.id");
    static final Logger ERROR_LOG = (Logger) LoggerFactory.getLogger("dev.belfry.host.http.ErrorResponses");

    @TempDir
    Path folder;

    final InMemorySpanExporter spans = InMemorySpanExporter.create();
    final List<String> received = new CopyOnWriteArrayList<>();
    final HttpClient http = HttpClient.newHttpClient();
    private HttpServer other;

    @BeforeEach
    void startOtherServer() throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/found");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        other.createContext("/", exchange -> {
            received.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        other.start();
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
    }

    @AfterEach
    void stop() {
        other.stop(0);
        http.close();
    }

    OpenTelemetrySdk telemetry(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .setSampler(sampler)
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    Belfry host() {
        return host(Sampler.parentBased(Sampler.alwaysOn()));
    }

    Belfry host(Sampler sampler) {
        return builder(sampler).start();
    }

    BelfryBuilder builder(Sampler sampler) {
        return Belfry.builder()
                .openTelemetry(telemetry(sampler))
                .environment(Map.of())
                .classPath(new ClassLoader("none", null) {})
                .config("backend.listen", Map.of("host", "127.0.0.1", "port", 0))
                .config("belfry.dataDirectory", folder.resolve("data"))
                .config("belfry.outgoing.allow", List.of("127.0.0.1"))
                .config("auth.providers.guest", Map.of())
                .config("permission.enabled", false)
                .config("catalog.locations", List.of(Map.of("target", folder.resolve("catalog.yaml"))))
                .config("dynamicPlugins.rootDirectory", folder)
                .plugin("bells", TracedPlugin.class, TracedPlugin::new)
                .plugin("caller", TracedPlugin.Caller.class, TracedPlugin.Caller::new, "bells");
    }

    HttpResponse<String> get(Belfry belfry, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(belfry.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    String otherUri(String path) {
        return "http://127.0.0.1:" + other.getAddress().getPort() + path;
    }

    private Optional<SpanData> found(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst();
    }

    /** A request ends after the client has its response. */
    SpanData span(String name) {
        await().atMost(LIMIT).until(() -> found(name).isPresent());
        return found(name).orElseThrow();
    }

    static void assertParent(SpanData child, SpanData parent) {
        assertThat(child.getTraceId()).as(child.getName()).isEqualTo(parent.getTraceId());
        assertThat(child.getParentSpanId()).as(child.getName()).isEqualTo(parent.getSpanId());
    }

    static @Nullable Object value(SpanData span, String attribute) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(attribute))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
