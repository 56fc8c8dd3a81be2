package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All connections of a plugin are in use: further requests get 503, and later ones succeed. */
@Tag("soak")
class PoolUsedUpTest {

    private static final int CONNECTIONS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String RELEASE = "belfry.test.release-connections";

    /** Holds connections until they are released. */
    public static final class KeeperPlugin implements Plugin {
        /** Shared with the plugin's class loader through the JDK. */
        private static CountDownLatch released() {
            return (CountDownLatch)
                    Objects.requireNonNull(System.getProperties().get(RELEASE));
        }

        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.get("/keep", Access.PUBLIC, (request, caller) -> {
                    try (Connection connection =
                            context.database().readOnlyDataSource().getConnection()) {
                        released().await();
                        request.result(String.valueOf(connection.isValid(1)));
                    }
                });
                routes.get("/take", Access.PUBLIC, (request, caller) -> {
                    try (Connection connection =
                            context.database().readOnlyDataSource().getConnection()) {
                        request.result(String.valueOf(connection.isValid(1)));
                    }
                });
            });
        }
    }

    @TempDir
    private Path folder;

    @Test
    void anExhaustedPoolIs503OnSqlite() throws Exception {
        useUp("client: better-sqlite3");
    }

    @Test
    void anExhaustedPoolIs503OnPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            useUp("client: pg, connection: { host: 127.0.0.1, port: " + server.getPort() + ", user: postgres }");
        }
    }

    private void useUp(String database) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        System.getProperties().put(RELEASE, release);
        PluginJar.of(KeeperPlugin.class, "keeper", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("keeper.jar"));
        String config = "backend: { database: { " + database + ", knexConfig: { pool: { max: " + CONNECTIONS
                + ", acquireTimeoutMillis: 1000 } } } }";
        try (RunningHost host = RunningHost.start(folder, config);
                HttpClient client = HttpClient.newHttpClient();
                AutoCloseable _ = release::countDown) {
            // The first request takes longer, since it loads the driver.
            await().atMost(LIMIT)
                    .until(() -> host.get("/api/keeper/take").body().equals("true"));
            HttpRequest keep =
                    HttpRequest.newBuilder(host.uri("/api/keeper/keep")).build();
            List<CompletableFuture<HttpResponse<String>>> keepers = Stream.generate(
                            () -> client.sendAsync(keep, BodyHandlers.ofString()))
                    .limit(CONNECTIONS)
                    .toList();
            await().atMost(LIMIT)
                    .until(() -> host.get("/metrics")
                            .body()
                            .lines()
                            .anyMatch(line -> line.startsWith("hikaricp_connections_active{")
                                    && line.contains("keeper")
                                    && line.contains("} " + CONNECTIONS)));

            HttpResponse<String> refused = host.get("/api/keeper/take");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body())
                    .contains("ServiceUnavailableError", DatabaseUnavailable.Reason.BUSY.description());

            release.countDown();
            assertThat(keepers)
                    .allSatisfy(keeper -> assertThat(keeper.join().body()).isEqualTo("true"));
            assertThat(host.get("/api/keeper/take").body()).isEqualTo("true");
        } finally {
            System.getProperties().remove(RELEASE);
        }
    }
}
