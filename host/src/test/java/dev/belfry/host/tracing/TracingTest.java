package dev.belfry.host.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.belfry.host.Belfry;
import dev.belfry.host.PluginJar;
import dev.belfry.host.event.EventBus;
import dev.belfry.host.event.Subscriber;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The traces of work in a host. */
class TracingTest extends TracingSuite {

    private static final Logger PLUGIN_LOG = (Logger) LoggerFactory.getLogger("plugin.bells");
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private @Nullable AppenderBase<ILoggingEvent> appender;

    @AfterEach
    void detach() {
        if (appender != null) {
            PLUGIN_LOG.detachAppender(appender);
            PLUGIN_LOG.setAdditive(true);
            PLUGIN_LOG.setLevel(null);
        }
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
