package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that waits for something in its database delays no other plugin. */
@Tag("soak")
class StuckMigrationTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final String STUCK = "select pg_advisory_lock(7);";

    /** Only migrates. */
    public static final class MigratingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.database().migrate("db");
        }
    }

    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres;

    /** Holds the lock that the migration of the plugin 'stuck' waits for. */
    private Connection holder;

    @BeforeEach
    void holdTheLock() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        execute(postgres.getPostgresDatabase().getConnection(), "create database backstage_plugin_stuck");
        holder = postgres.getDatabase("postgres", "backstage_plugin_stuck").getConnection();
        try (Statement statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(7)");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        holder.close();
        postgres.close();
    }

    private RunningHost start() {
        return RunningHost.start(
                folder,
                "backend: { database: { client: pg, connection: { host: 127.0.0.1, port: " + postgres.getPort()
                        + ", user: postgres } } }",
                "belfry: { startTimeout: PT10M }");
    }

    private void drop(String id, String version, String migration) {
        new DropFolder(folder)
                .drop(
                        PluginJar.of(MigratingPlugin.class, id, version).file("db/common/V1__first.sql", migration),
                        id + ".jar");
    }

    private void dropStuck() {
        drop("stuck", "1.0.0", STUCK);
        await().atMost(LIMIT).until(() -> waits() == 1);
    }

    private int waits() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select count(*) from pg_locks where locktype = 'advisory' and not granted")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void awaitState(RunningHost host, String id, State state) {
        await(id + " is " + state)
                .atMost(LIMIT)
                .until(() ->
                        host.plugins().stream().anyMatch(plugin -> plugin.id().equals(id) && plugin.state() == state));
    }

    @Test
    void anotherPluginMigratesWhileAMigrationIsStuck() throws SQLException {
        try (RunningHost host = start()) {
            dropStuck();
            drop("free", "1.0.0", "create table counter (n int);");
            awaitState(host, "free", State.RUNNING);
            assertThat(host.plugin("stuck").state()).isEqualTo(State.STARTING);

            holder.close();
            awaitState(host, "stuck", State.RUNNING);
        }
    }

    /** Plugin code can ignore an interrupt, and a statement of a database does. */
    @Test
    void anAbandonedMigrationDelaysOnlyTheNextOneOfItsPlugin() throws SQLException {
        try (RunningHost host = start()) {
            dropStuck();
            drop("stuck", "2.0.0", STUCK);
            await().atMost(LIMIT).until(() -> host.plugin("stuck").version().equals("2.0.0"));
            drop("free", "1.0.0", "create table counter (n int);");
            awaitState(host, "free", State.RUNNING);
            assertThat(host.plugin("stuck").state())
                    .as("%s", host.plugin("stuck").reason())
                    .isEqualTo(State.STARTING);
            assertThat(waits()).isEqualTo(1);

            holder.close();
            awaitState(host, "stuck", State.RUNNING);
        }
    }
}
