package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With a pooler between the host and PostgreSQL, the plugin starts if each connection has its own session, or if the pooler makes the settings of
 * the sessions that connections share.
 */
@Tag("soak")
class PgBouncerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @BeforeAll
    static void pgBouncerIsInstalled() {
        PgBouncer.require();
    }

    private static String database(int port, String more) {
        return "{ client: pg, " + more + "connection: { host: 127.0.0.1, port: " + port + ", user: postgres } }";
    }

    private static JsonNode plugin(HostProcess host) throws Exception {
        URI plugin = host.notifications().resolve("/api/host/plugins/notifications");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JSON.readTree(http.send(HttpRequest.newBuilder(plugin).build(), BodyHandlers.ofString())
                            .body())
                    .path("plugin");
        }
    }

    @ParameterizedTest
    @CsvSource({"transaction, add connect_query = 'set search_path to belfry;", "statement, pool_mode = transaction"})
    void thePluginDoesNotStartIfConnectionsShareSessions(String poolMode, String remedy) throws Exception {
        try (DatabaseServer server = DatabaseServer.start(folder);
                PgBouncer pooler = PgBouncer.start(folder, server.port(), poolMode);
                HostProcess host = HostProcess.start(folder.resolve("host"), database(pooler.port(), ""))) {
            JsonNode plugin = plugin(host);

            assertThat(plugin.path("state").asText()).as("%s", plugin).isEqualTo("FAILED");
            assertThat(plugin.path("reason").asText())
                    .containsIgnoringCase("set pool_mode = session")
                    .contains("PgBouncer", "127.0.0.1:" + pooler.port(), remedy);
        }
    }

    @Test
    void thePluginDoesNotStartIfConnectionsShareSessionsOfAnExistingDatabase() throws Exception {
        try (DatabaseServer server = DatabaseServer.start(folder)) {
            try (HostProcess host = HostProcess.start(folder.resolve("host"), database(server.port(), ""))) {
                assertThat(plugin(host).path("state").asText()).isEqualTo("RUNNING");
            }
            try (PgBouncer pooler = PgBouncer.start(folder, server.port(), "transaction", "server_round_robin = 1");
                    HostProcess host = HostProcess.start(
                            folder.resolve("host"), database(pooler.port(), "ensureExists: false, "))) {
                assertThat(plugin(host).path("state").asText()).isEqualTo("FAILED");
                assertThat(plugin(host).path("reason").asText()).contains("Set pool_mode = session");
            }
        }
    }

    @Test
    void withSharedSessionsHostsWorkIfThePoolerSetsTheSchema() throws Exception {
        String query = "connect_query = 'set search_path to belfry; set statement_timeout to 30000'";
        try (DatabaseServer server = DatabaseServer.start(folder);
                PgBouncer pooler =
                        PgBouncer.startFor(query, folder, server.port(), "transaction", "server_round_robin = 1")) {
            try (HostProcess host = HostProcess.start(folder.resolve("host"), database(pooler.port(), ""));
                    HostProcess other = HostProcess.start(folder.resolve("other"), database(pooler.port(), ""));
                    CountingSenders senders = new CountingSenders(host.notifications());
                    HttpClient http = HttpClient.newHttpClient()) {
                assertThat(plugin(host).path("state").asText())
                        .as("%s", plugin(host))
                        .isEqualTo("RUNNING");
                HttpRequest stream = HttpRequest.newBuilder(
                                other.notifications().resolve("/api/notifications/stream"))
                        .build();
                try (Stream<String> events = http.sendAsync(stream, BodyHandlers.ofLines())
                        .get(20, TimeUnit.SECONDS)
                        .body()) {
                    senders.sendAndCount();

                    // No signal of the first host reaches the second one, which looks at an interval.
                    assertThat(events.anyMatch("event: created"::equals)).isTrue();
                }
                assertThat(senders.failures()).isEmpty();
                assertThat(senders.countsBehind()).isEmpty();
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(
                                () -> assertThat(host.output())
                                        .contains(
                                                "the search index is not created through a pooler that does not keep sessions"));
            }
        }
    }

    @Test
    void theErrorNamesAStartupParameterThatPgBouncerRefuses() throws Exception {
        try (DatabaseServer server = DatabaseServer.start(folder);
                PgBouncer pooler = PgBouncer.start(folder, server.port(), "session");
                HostProcess host = HostProcess.start(
                        folder.resolve("host"),
                        "{ client: pg, connection: 'postgres://postgres@127.0.0.1:" + pooler.port()
                                + "/postgres?options=-c%20jit=off' }")) {
            JsonNode plugin = plugin(host);

            assertThat(plugin.path("state").asText()).as("%s", plugin).isEqualTo("FAILED");
            assertThat(plugin.path("reason").asText())
                    .contains("PgBouncer", "'options'", "ignore_startup_parameters", "backend.database.connection");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pluginDivisionMode: schema, "})
    void withASessionPerConnectionAcknowledgedMessagesAreStoredAndCounted(String division) throws Exception {
        try (DatabaseServer server = DatabaseServer.start(folder);
                PgBouncer pooler = PgBouncer.start(folder, server.port(), "session");
                HostProcess host = HostProcess.start(folder.resolve("host"), database(pooler.port(), division));
                CountingSenders senders = new CountingSenders(host.notifications())) {
            senders.sendAndCount();

            assertThat(senders.failures()).isEmpty();
            assertThat(senders.countsBehind()).isEmpty();
        }
    }

    @Test
    void countsIncludeAcknowledgedMessagesAlsoAfterAChangeOfThePoolMode() throws Exception {
        try (DatabaseServer server = DatabaseServer.start(folder);
                PgBouncer pooler = PgBouncer.start(folder, server.port(), "session");
                HostProcess host = HostProcess.start(folder.resolve("host"), database(pooler.port(), ""));
                CountingSenders senders = new CountingSenders(host.notifications())) {
            senders.sendAndCount();
            pooler.changePoolMode("transaction");
            senders.sendAndCount();

            assertThat(senders.failures()).isEmpty();
            assertThat(senders.countsBehind()).isEmpty();
        }
    }
}
