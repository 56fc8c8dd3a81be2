package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A statement that takes too long is canceled, without side effects. */
@Tag("soak")
class StatementTimeoutTest {

    /** Longer than the timeout, and short enough that a failing test ends. */
    private static final String ENDLESS =
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000000) select %s from n";

    /** Half of the timeout. */
    private static final long PONDERED_NANOS = 150_000_000;

    /** A migration that takes longer than the statement timeout, for each database. */
    private static final String LONG_MIGRATION_SQLITE =
            "create table n (i); insert into n with recursive n(i) as (select 1 union all select i + 1 from n"
                    + " where i < 3000000) select count(*) from n;";

    private static final String LONG_MIGRATION_POSTGRES = "create table n (i bigint); select pg_sleep(0.8);";

    private static final String CONFIG = "belfry: { startTimeout: PT1M, database: { statementTimeout: PT0.3S } }\n";

    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    /** Runs slow statements. */
    public static final class SlowPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.database().migrate("db");
            DataSource writes = context.database().dataSource();
            DataSource reads = context.database().readOnlyDataSource();
            context.routes(routes -> {
                routes.get("/long", Access.PUBLIC, (request, caller) -> {
                    request.result(first(reads, ENDLESS.formatted("count(*)")));
                });
                routes.get("/found-late", Access.PUBLIC, (request, caller) -> {
                    // SQLite starts to work when the first row is read.
                    request.result(first(reads, ENDLESS.formatted("i") + " where i < 0"));
                });
                routes.get("/count", Access.PUBLIC, (request, caller) -> {
                    request.result(first(reads, "select count(*) from n"));
                });
                routes.get("/read-slowly", Access.PUBLIC, (request, caller) -> {
                    request.result(Integer.toString(readSlowly(reads)));
                });
                routes.post("/long", Access.PUBLIC, (request, caller) -> write(writes, ENDLESS.formatted("i")));
                routes.post("/short", Access.PUBLIC, (request, caller) -> write(writes, "select 1"));
            });
        }

        private static String first(DataSource source, String query) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                return rows.next() ? rows.getString(1) : "nothing";
            }
        }

        private static int readSlowly(DataSource source) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select 1 union all select 2 union all select 3")) {
                int read = 0;
                while (rows.next()) {
                    ponder();
                    read++;
                }
                return read;
            }
        }

        private static void ponder() {
            long end = System.nanoTime() + PONDERED_NANOS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }

        private static void write(DataSource source, String rows) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                try {
                    statement.executeUpdate("insert into n (i) values (0)");
                    statement.executeUpdate("insert into n (i) " + rows);
                    connection.commit();
                } catch (SQLException e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    private RunningHost start(Dialect dialect) {
        PluginJar.of(SlowPlugin.class, "slow", "1.0.0")
                .file("db/sqlite/V1__n.sql", LONG_MIGRATION_SQLITE)
                .file("db/postgresql/V1__n.sql", LONG_MIGRATION_POSTGRES)
                .writeTo(RunningHost.dropFolder(folder).resolve("slow.jar"));
        String connection = dialect == Dialect.SQLITE
                ? ""
                : "client: pg, connection: { host: 127.0.0.1, port: " + postgres.getPort() + ", user: postgres }, ";
        // One connection each for reading and writing, so that a request sees what the previous one left behind.
        return RunningHost.start(
                folder, CONFIG, "backend: { database: { " + connection + "knexConfig: { pool: { max: 1 } } } }");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aTimeoutIsReportedAndTheConnectionStaysUsable(Dialect dialect) {
        try (RunningHost host = start(dialect)) {
            assertThat(host.plugin("slow").state()).isEqualTo(State.RUNNING);
            String before = host.get("/api/slow/count").body();

            assertIsCutOff(host.get("/api/slow/long"));
            assertIsCutOff(host.get("/api/slow/found-late"));
            assertThat(host.get("/api/slow/count").body()).isEqualTo(before);

            assertIsCutOff(host.send("POST", "/api/slow/long", BodyPublishers.noBody()));
            assertThat(host.get("/api/slow/count").body()).isEqualTo(before);
            assertThat(host.send("POST", "/api/slow/short", BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Integer.parseInt(host.get("/api/slow/count").body())).isEqualTo(Integer.parseInt(before) + 2);
        }
    }

    private static void assertIsCutOff(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("took the database too long");
    }

    /** Only the database's working time counts. */
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aSlowReaderIsNotCanceled(Dialect dialect) {
        try (RunningHost host = start(dialect)) {
            assertThat(host.get("/api/slow/read-slowly").body()).isEqualTo("3");
        }
    }
}
