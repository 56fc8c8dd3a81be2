package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("soak")
public class DatabaseOutageTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    /** Stores a number. */
    public static final class CounterPlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws Exception {
            context.database().migrate("db");
            context.routes(routes -> {
                routes.post("/count", Access.PUBLIC, (request, caller) -> {
                    try (Connection connection = context.database().dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.executeUpdate("update counter set n = n + 1");
                    }
                });
                routes.get("/count", Access.PUBLIC, (request, caller) -> {
                    try (Connection connection =
                                    context.database().readOnlyDataSource().getConnection();
                            Statement statement = connection.createStatement();
                            ResultSet result = statement.executeQuery("select n from counter")) {
                        result.next();
                        request.result(result.getString(1));
                    }
                });
            });
        }
    }

    @TempDir
    private Path folder;

    private static EmbeddedPostgres postgres(int port, Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aHostWaitsForAnUnavailableDatabaseAndSurvivesItsRestart() throws IOException {
        PluginJar.of(CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (0);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        int port = freePort();
        Path data = folder.resolve("postgres");
        String config = "backend: { database: { client: pg, connection: { host: 127.0.0.1, port: " + port
                + ", user: postgres }, knexConfig: { pool: { max: 4, acquireTimeoutMillis: 500 } } } }";
        try (RunningHost host = RunningHost.start(folder, config)) {
            assertThat(host.plugin("counter").state()).isEqualTo(State.WAITING);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
            HttpResponse<String> early = host.get("/api/counter/count");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).isPresent();

            try (EmbeddedPostgres first = postgres(port, data)) {
                assertThat(first.getPort()).isEqualTo(port);
                await().atMost(LIMIT).until(() -> host.plugin("counter").state() == State.RUNNING);
                assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
                assertThat(count(host)).isEqualTo(200);
            }
            await().atMost(LIMIT).until(() -> count(host) == 503);
            assertThat(host.get("/api/counter/count").headers().firstValue("Retry-After"))
                    .isPresent();

            try (EmbeddedPostgres second = postgres(port, data)) {
                assertThat(second.getPort()).isEqualTo(port);
                await().atMost(LIMIT).until(() -> host.get("/api/counter/count").statusCode() == 200);
                assertThat(host.get("/api/counter/count").body()).isEqualTo("1");
            }
        }
    }

    private static int count(RunningHost host) {
        return host.send("POST", "/api/counter/count", BodyPublishers.noBody()).statusCode();
    }

    @Test
    void eachPluginHasItsOwnSchemaIfConfigured() throws Exception {
        PluginJar.of(CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (7);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                RunningHost host = RunningHost.start(
                        folder,
                        "backend: { database: { client: pg, pluginDivisionMode: schema, connection: "
                                + "'postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres' } }")) {
            assertThat(host.get("/api/counter/count").body()).isEqualTo("7");
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("select n from backstage_plugin_counter.counter")) {
                assertThat(result.next()).isTrue();
            }
        }
    }

    @Test
    void aDatabaseInMemoryServesReadersAndWriters() {
        PluginJar.of(CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (0);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        try (RunningHost host = RunningHost.start(
                folder, "backend: { database: { client: better-sqlite3, connection: ':memory:' } }")) {
            count(host);

            assertThat(host.get("/api/counter/count").body()).isEqualTo("1");
            assertThat(folder.resolve("data/counter.sqlite")).doesNotExist();
        }
    }

    @Test
    void aBrokenMigrationIsReportedAsTheReason() {
        PluginJar.of(CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create tabel counter (n int);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("counter").state()).isEqualTo(State.FAILED);
            assertThat(host.plugin("counter").reason().orElseThrow())
                    .contains("counter")
                    .contains("V1__counter.sql");
        }
    }
}
