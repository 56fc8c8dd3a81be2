package dev.belfry.host.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.belfry.host.Belfry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The spans of requests to a host, and of requests of a plugin. */
class RequestSpansTest extends TracingSuite {

    private static final String TRACE_OF_CLIENT = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_OF_CLIENT = "b7ad6b7169203331";

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
}
