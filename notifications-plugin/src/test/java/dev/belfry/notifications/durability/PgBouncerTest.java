package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a pooler between the host and PostgreSQL the plugin starts only if each connection has its own session. */
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
    @ValueSource(strings = {"transaction", "statement"})
    void thePluginDoesNotStartIfConnectionsShareSessions(String poolMode) throws Exception {
        try (DatabaseServer server = DatabaseServer.start(folder);
                PgBouncer pooler = PgBouncer.start(folder, server.port(), poolMode);
                HostProcess host = HostProcess.start(folder.resolve("host"), database(pooler.port(), ""))) {
            JsonNode plugin = plugin(host);

            assertThat(plugin.path("state").asText()).as("%s", plugin).isEqualTo("FAILED");
            assertThat(plugin.path("reason").asText())
                    .contains("PgBouncer", "127.0.0.1:" + pooler.port(), "set pool_mode = session");
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
                assertThat(plugin(host).path("reason").asText()).contains("set pool_mode = session");
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
