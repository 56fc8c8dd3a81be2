package dev.belfry.host.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.belfry.host.Belfry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementSpansTest extends TracingSuite {

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
}
