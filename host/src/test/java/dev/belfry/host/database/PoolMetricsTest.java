package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.database.Database;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a plugin's connection pools at {@code /metrics}. */
class PoolMetricsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The metrics that docs/operating.md recommends, and the pool's size. */
    private static final List<String> WATCHED = List.of(
            "hikaricp_connections_pending",
            "hikaricp_connections_active",
            "hikaricp_connections_max",
            "hikaricp_connections_timeout_total",
            "hikaricp_connections_acquire_seconds_count",
            "hikaricp_connections_usage_seconds_count");

    @TempDir
    private Path folder;

    /** Holds a connection of each pool. */
    public static final class TakingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            Database database = context.database();
            context.routes(routes -> routes.get("/take", Access.PUBLIC, (request, caller) -> {
                take(database.dataSource().getConnection());
                take(database.readOnlyDataSource().getConnection());
                request.result(context.version());
            }));
        }

        private static void take(Connection connection) throws SQLException {
            try (connection) {
                connection.createStatement().execute("select 1");
            }
        }
    }

    private Path drop(String version) {
        return PluginJar.of(TakingPlugin.class, "taking", version)
                .writeTo(RunningHost.dropFolder(folder).resolve("taking.jar.part"));
    }

    private void move(Path jar) throws IOException {
        Files.move(jar, jar.resolveSibling("taking.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void assertIsSeenAlsoAfterAReplacement(RunningHost host, Dialect dialect) throws IOException {
        List<String> pools = dialect == Dialect.SQLITE ? List.of("taking-read", "taking-write") : List.of("taking");
        assertThat(host.get("/api/taking/take").body()).isEqualTo("1.0.0");
        for (String pool : pools) {
            assertThat(WATCHED)
                    .allSatisfy(name -> assertThat(value(host, name, pool)).isNotNegative());
        }
        double before = value(host, "hikaricp_connections_usage_seconds_count", pools.getFirst());
        assertThat(before).isPositive();

        move(drop("2.0.0"));
        await().atMost(LIMIT).until(() -> host.get("/api/taking/take").body().equals("2.0.0"));

        for (String pool : pools) {
            assertThat(WATCHED)
                    .allSatisfy(name -> assertThat(value(host, name, pool)).isNotNegative());
        }
        assertThat(value(host, "hikaricp_connections_usage_seconds_count", pools.getFirst()))
                .as("goes on, and does not begin anew")
                .isGreaterThan(before);
    }

    private static double value(RunningHost host, String name, String pool) {
        Matcher line = Pattern.compile("^" + name + "\\{pool=\"" + pool + "\"} (\\S+)$", Pattern.MULTILINE)
                .matcher(host.get("/metrics").body());
        assertThat(line.find()).as(name + " of " + pool).isTrue();
        return Double.parseDouble(line.group(1));
    }

    @Test
    void sqliteHasAReadPoolAndAWritePool() throws IOException {
        move(drop("1.0.0"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertIsSeenAlsoAfterAReplacement(host, Dialect.SQLITE);
        }
    }

    @Test
    void postgresHasOnePool() throws IOException {
        move(drop("1.0.0"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                RunningHost host = RunningHost.start(
                        folder,
                        "backend: { database: { client: pg, connection: { host: 127.0.0.1, port: " + postgres.getPort()
                                + ", user: postgres } } }")) {
            assertIsSeenAlsoAfterAReplacement(host, Dialect.POSTGRESQL);
        }
    }
}
