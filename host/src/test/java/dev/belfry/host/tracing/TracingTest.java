package dev.belfry.host.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.host.Belfry;
import dev.belfry.host.BelfryBuilder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.event.EventBus;
import dev.belfry.host.event.Subscriber;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The spans of a real host with a real plugin, and of a server that the plugin calls. */
class TracingTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final AttributeKey<String> PLUGIN = AttributeKey.stringKey("belfry.plugin.id");
    private static final Logger PLUGIN_LOG = (Logger) LoggerFactory.getLogger("plugin.bells");
    private static final Logger ERROR_LOG = (Logger) LoggerFactory.getLogger("dev.belfry.host.http.ErrorResponses");
    private static final String TRACE_OF_CLIENT = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_OF_CLIENT = "b7ad6b7169203331";

    @TempDir
    private Path folder;

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer other;
    private @Nullable AppenderBase<ILoggingEvent> appender;

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
        if (appender != null) {
            PLUGIN_LOG.detachAppender(appender);
            PLUGIN_LOG.setAdditive(true);
            PLUGIN_LOG.setLevel(null);
        }
    }

    private OpenTelemetrySdk telemetry(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .setSampler(sampler)
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    private Belfry host() {
        return host(Sampler.parentBased(Sampler.alwaysOn()));
    }

    private Belfry host(Sampler sampler) {
        return builder(sampler).start();
    }

    private BelfryBuilder builder(Sampler sampler) {
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

    private HttpResponse<String> get(Belfry belfry, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(belfry.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String otherUri(String path) {
        return "http://127.0.0.1:" + other.getAddress().getPort() + path;
    }

    private void captureLog() {
        appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                event.prepareForDeferredProcessing();
                lines.add(event);
            }
        };
        appender.start();
        PLUGIN_LOG.setLevel(Level.INFO);
        PLUGIN_LOG.setAdditive(false);
        PLUGIN_LOG.addAppender(appender);
    }

    private Optional<SpanData> found(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst();
    }

    /** A request ends after the client has its response. */
    private SpanData span(String name) {
        await().atMost(LIMIT).until(() -> found(name).isPresent());
        return found(name).orElseThrow();
    }

    private static void assertParent(SpanData child, SpanData parent) {
        assertThat(child.getTraceId()).as(child.getName()).isEqualTo(parent.getTraceId());
        assertThat(child.getParentSpanId()).as(child.getName()).isEqualTo(parent.getSpanId());
    }

    private static @Nullable Object value(SpanData span, String attribute) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(attribute))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    @Test
    void aRequestIsOneTraceWithTheCallOfThePluginItsStatementsItsPayloadAndItsRequests() throws Exception {
        captureLog();
        try (Belfry belfry = host()) {
            assertThat(get(belfry, "/api/bells/all/little?uri=" + otherUri("/found?key=hidden"))
                            .body())
                    .isEqualTo("ok");
            SpanData server = span("GET /api/bells/all/{name}");
            SpanData plugin = span("plugin bells");
            SpanData client = span("GET");
            SpanData payload = span("queue bells/rings");

            assertThat(server.getKind()).isEqualTo(SpanKind.SERVER);
            assertThat(server.getParentSpanContext().isValid()).isFalse();
            assertThat(value(server, "http.request.method")).isEqualTo("GET");
            assertThat(value(server, "http.route")).isEqualTo("/api/bells/all/{name}");
            assertThat(value(server, "url.path")).isEqualTo("/api/bells/all/little");
            assertThat(value(server, "http.response.status_code")).isEqualTo(200L);
            assertThat(value(server, "network.protocol.version")).isEqualTo("1.1");
            assertThat(value(server, "server.port")).isEqualTo((long) belfry.port());
            assertParent(plugin, server);
            assertThat(plugin.getAttributes().get(PLUGIN)).isEqualTo("bells");
            assertThat(value(plugin, "belfry.plugin.version")).isNotNull();
            assertParent(span("select sqlite_master"), plugin);
            assertParent(span("insert belfry_scheduled_task"), plugin);
            assertParent(client, plugin);
            assertThat(client.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(value(client, "url.full")).isEqualTo(otherUri("/found"));
            assertThat(received)
                    .singleElement()
                    .asString()
                    .startsWith("00-" + client.getTraceId() + "-" + client.getSpanId() + "-");
            assertThat(payload.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertParent(payload, plugin);

            await().atMost(LIMIT).until(() -> lines.size() == 2);
            assertThat(lines.get(0).getMDCPropertyMap())
                    .containsEntry("trace_id", plugin.getTraceId())
                    .containsEntry("span_id", plugin.getSpanId());
            assertThat(lines.get(1).getMDCPropertyMap())
                    .containsEntry("trace_id", plugin.getTraceId())
                    .containsEntry("span_id", payload.getSpanId());
        }
    }

    @Test
    void noValueOfAStatementIsRecorded() throws Exception {
        try (Belfry belfry = host()) {
            get(belfry, "/api/bells/all/little?uri=" + otherUri("/"));

            SpanData statement = span("select sqlite_master");
            assertThat(value(statement, "db.query.text")).isEqualTo("select ?, ... from sqlite_master");
            assertThat(value(statement, "db.system.name")).isEqualTo("sqlite");
            assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret", "hidden");
        }
    }

    @Test
    void statementsOnPostgresqlHaveSpans() throws Exception {
        ERROR_LOG.setLevel(Level.OFF);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Belfry belfry = builder(Sampler.alwaysOn())
                        .config(
                                "backend.database",
                                Map.of(
                                        "client",
                                        "pg",
                                        "connection",
                                        Map.of("host", "127.0.0.1", "port", postgres.getPort(), "user", "postgres")))
                        .start()) {
            get(belfry, "/api/bells/query?sql=select+relname,'secret'+from+pg_class+where+relname='pg_class'");
            get(belfry, "/api/bells/broken");

            SpanData statement = span("select pg_class");
            assertThat(statement.getTraceId())
                    .isEqualTo(span("GET /api/bells/query").getTraceId());
            assertThat(value(statement, "db.system.name")).isEqualTo("postgresql");
            assertThat(value(statement, "db.query.text")).isEqualTo("select relname,? from pg_class where relname=?");
            assertThat(value(statement, "belfry.statement.rows")).isEqualTo(1L);
            SpanData failed = span("select nowhere");
            assertThat(value(failed, "error.type")).isEqualTo("org.postgresql.util.PSQLException");
            assertThat(value(failed, "db.response.status_code")).isEqualTo("42P01");
            assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
        } finally {
            ERROR_LOG.setLevel(null);
        }
    }

    @Test
    void theTraceOfTheClientContinues() throws Exception {
        try (Belfry belfry = host()) {
            get(belfry, "/api/bells/quiet", "traceparent", "00-" + TRACE_OF_CLIENT + "-" + SPAN_OF_CLIENT + "-01");

            SpanData server = span("GET /api/bells/quiet");
            assertThat(server.getTraceId()).isEqualTo(TRACE_OF_CLIENT);
            assertThat(server.getParentSpanId()).isEqualTo(SPAN_OF_CLIENT);
        }
    }

    /** The sampler belongs to the operator, and a client may send anything. */
    @Test
    void aClientCannotForceASamplerThatIgnoresParents() throws Exception {
        try (Belfry belfry = host(Sampler.alwaysOff())) {
            get(belfry, "/api/bells/quiet", "traceparent", "00-" + TRACE_OF_CLIENT + "-" + SPAN_OF_CLIENT + "-01");
            get(belfry, "/api/bells/quiet", "traceparent", "nonsense");
        }
        assertThat(spans.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void probesHaveNoSpan() throws Exception {
        try (Belfry belfry = host()) {
            get(belfry, "/livez");
            get(belfry, "/readyz");
            get(belfry, "/.backstage/health/v1/readiness");
            get(belfry, "/api/bells/quiet");

            span("GET /api/bells/quiet");
            assertThat(spans.getFinishedSpanItems())
                    .filteredOn(span -> span.getKind() == SpanKind.SERVER)
                    .hasSize(1);
        }
    }

    @Test
    void workOnOtherThreadsOfTheHostStaysInTheTrace() throws Exception {
        try (Belfry belfry = host()) {
            get(belfry, "/api/bells/async");
            get(belfry, "/api/bells/call-async?uri=" + otherUri("/"));

            SpanData server = span("GET /api/bells/async");
            assertThat(span("select sqlite_temp_master").getTraceId()).isEqualTo(server.getTraceId());
            SpanData calling = span("GET /api/bells/call-async");
            assertThat(span("GET").getTraceId()).isEqualTo(calling.getTraceId());
        }
    }

    @Test
    void eachRedirectIsARequestOfItsOwn() throws Exception {
        try (Belfry belfry = host()) {
            get(belfry, "/api/bells/call-async?uri=" + otherUri("/moved"));

            await().atMost(LIMIT)
                    .until(() -> spans.getFinishedSpanItems().stream()
                                    .filter(span -> span.getName().equals("GET"))
                                    .count()
                            == 2);
            assertThat(spans.getFinishedSpanItems())
                    .filteredOn(span -> span.getName().equals("GET"))
                    .extracting(span -> value(span, "http.response.status_code"))
                    .containsExactlyInAnyOrder(302L, 200L);
        }
    }

    @Test
    void aCallOfAnotherPluginHasASpan() throws Exception {
        try (Belfry belfry = host()) {
            assertThat(get(belfry, "/api/caller/strike").body()).isEqualTo("ding ding ding ");

            SpanData call = span("call bells/Chime.strike");
            assertParent(call, span("plugin caller"));
            assertParent(span("select sqlite_schema"), call);
            assertThat(call.getAttributes().get(PLUGIN)).isEqualTo("bells");
        }
    }

    @Test
    void aJobIsATraceOfItsOwn() {
        try (Belfry _ = host()) {
            SpanData job = span("job bells/beat");

            assertThat(job.getParentSpanContext().isValid()).isFalse();
            await().atMost(LIMIT)
                    .until(() -> spans.getFinishedSpanItems().stream()
                            .anyMatch(span -> span.getName().equals("select")
                                    && span.getParentSpanId().equals(job.getSpanId())));
        }
    }

    /** The scheduler of queues looks for payloads each second. */
    @Test
    void statementsOutsideOfTracedWorkHaveNoSpan() throws Exception {
        try (Belfry belfry = host()) {
            get(belfry, "/api/bells/all/little?uri=" + otherUri("/"));
            span("queue bells/rings");
        }
        assertThat(spans.getFinishedSpanItems())
                .filteredOn(span -> span.getAttributes().get(AttributeKey.stringKey("db.system.name")) != null)
                .isNotEmpty()
                .allSatisfy(span ->
                        assertThat(span.getParentSpanContext().isValid()).isTrue());
    }

    @Test
    void aRefusalIsNoFailureAndAFailureTellsNoMessage() throws Exception {
        ERROR_LOG.setLevel(Level.OFF);
        try (Belfry belfry = host()) {
            assertThat(get(belfry, "/api/bells/missing").statusCode()).isEqualTo(404);
            assertThat(get(belfry, "/api/bells/broken").statusCode()).isEqualTo(500);

            assertThat(span("GET /api/bells/missing").getStatus()).isEqualTo(StatusData.unset());
            SpanData server = span("GET /api/bells/broken");
            assertThat(server.getStatus()).isEqualTo(StatusData.error());
            assertThat(value(server, "error.type")).isEqualTo("500");
            SpanData statement = span("select nowhere");
            assertThat(statement.getStatus()).isEqualTo(StatusData.error());
            assertThat(value(statement, "error.type")).isEqualTo("org.sqlite.SQLiteException");
            assertThat(statement.getEvents()).isEmpty();
        } finally {
            ERROR_LOG.setLevel(null);
        }
    }

    @Test
    void theSpanOfAStreamEndsWhenTheStreamBegins() throws Exception {
        try (Belfry belfry = host()) {
            HttpResponse<InputStream> stream = http.send(
                    HttpRequest.newBuilder(URI.create(belfry.address() + "/api/bells/stream"))
                            .build(),
                    BodyHandlers.ofInputStream());
            try (InputStream _ = stream.body()) {
                assertThat(value(span("GET /api/bells/stream"), "http.response.status_code"))
                        .isEqualTo(200L);
            }
        }
    }

    @Test
    void aPluginThatWasTracedCanBeUnloaded() throws Exception {
        Path jar = PluginJar.of(TracedPlugin.class, "tower", "1.0.0").writeTo(folder.resolve("tower.jar"));
        try (Belfry belfry = host()) {
            get(belfry, "/api/tower/all/little?uri=" + otherUri("/"));
            get(belfry, "/api/tower/async");
            span("queue tower/rings");
            span("job tower/beat");
            WeakReference<?> loader = (WeakReference<?>)
                    Objects.requireNonNull(System.getProperties().remove(TracedPlugin.loaderKey("tower")));
            assertThat((Object) loader.get()).isNotNull().isNotSameAs(TracedPlugin.class.getClassLoader());
            Files.delete(jar);

            await().atMost(LIMIT.multipliedBy(3))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        System.gc();
                        return loader.refersTo(null);
                    });
        }
    }

    @Test
    void anUnknownMethodDoesNotNameASpan() throws Exception {
        try (Belfry belfry = host()) {
            http.send(
                    HttpRequest.newBuilder(URI.create(belfry.address() + "/api/bells/quiet"))
                            .method("BREW", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(spans.getFinishedSpanItems())
                            .filteredOn(span -> "_OTHER".equals(value(span, "http.request.method")))
                            .singleElement()
                            .satisfies(span -> {
                                assertThat(span.getName()).startsWith("HTTP");
                                assertThat(value(span, "http.request.method_original"))
                                        .isEqualTo("BREW");
                            }));
        }
    }

    @Test
    void aListenerContinuesTheTraceOfThePublisher() throws Exception {
        Tracing tracing = Tracing.with(telemetry(Sampler.alwaysOn()), "1");
        EventBus bus = new EventBus(new SimpleMeterRegistry(), tracing);
        InFlightRequests inFlight = new InFlightRequests();
        PluginBoundary boundary = new PluginBoundary("bells", TracingTest.class.getClassLoader(), inFlight);
        CompletableFuture<String> heard = new CompletableFuture<>();
        bus.open("bells", "bells#1");
        try (AutoCloseable _ = bus.on(
                new Subscriber("bells", "1.0.0", "bells#1", boundary, inFlight),
                String.class,
                _ -> heard.complete(Span.current().getSpanContext().getTraceId()))) {
            String published =
                    tracing.call(new PluginWork("publish", "tower", "1.0.0", false, Optional.empty()), () -> {
                        bus.publish("an event");
                        return Span.current().getSpanContext().getTraceId();
                    });

            assertThat(heard.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(published);
            assertParent(span("event bells/String"), span("publish"));
        }
    }
}
