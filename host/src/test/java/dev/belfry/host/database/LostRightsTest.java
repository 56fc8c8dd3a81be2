package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.health.Health;
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
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A database that a plugin can no longer use as it needs to: the start, {@code doctor}, requests, jobs, readiness and log. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class LostRightsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String DATABASE = "backstage_plugin_counter";
    private static final String REQUESTS = "dev.belfry.host.http.ErrorResponses";
    private static final String JOBS = "dev.belfry.host.scheduling.Jobs";

    private static EmbeddedPostgres server;

    /** Of the user {@code app}, who owns the tables. */
    private static RunningHost host;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    /** Changes a number on request, and often by itself. */
    public static final class CounterPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.database().migrate("db");
            context.scheduler().every("tick", Duration.ofMillis(100), () -> add(context));
            context.scheduler().everyOnOneHost("rare", Duration.ofHours(1), () -> {});
            context.routes(routes -> {
                routes.post("/count", Access.PUBLIC, (request, caller) -> add(context));
                routes.get("/count", Access.PUBLIC, (request, caller) -> {
                    try (Connection connection = context.database().dataSource().getConnection();
                            Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery("select n from counter")) {
                        row.next();
                        request.result(row.getString(1));
                    }
                });
            });
        }

        private static void add(PluginContext context) throws SQLException {
            try (Connection connection = context.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update counter set n = n + 1");
            }
        }
    }

    @BeforeAll
    static void startServerAndHost() throws Exception {
        server = EmbeddedPostgres.start();
        execute(
                "postgres",
                "create role app login",
                "create role reader login",
                "create database " + DATABASE + " owner app");
        host = start(shared, "app");
        assertThat(host.plugin("counter").state())
                .as("%s", host.plugin("counter").reason())
                .isEqualTo(State.RUNNING);
    }

    @AfterAll
    static void stopServerAndHost() throws IOException {
        host.close();
        server.close();
    }

    private static RunningHost start(Path folder, String user) {
        PluginJar.of(CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (0);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        return RunningHost.start(
                folder,
                "belfry: { startTimeout: PT1M }",
                "backend: { database: { client: pg, connection: { host: 127.0.0.1, port: " + server.getPort()
                        + ", user: " + user + " }, knexConfig: { pool: { max: 4, acquireTimeoutMillis: 500 } } } }");
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A default of the database holds for new sessions. */
    private static void endSessions() throws SQLException {
        execute(
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + DATABASE + "'");
    }

    /** What callers see who may see plugins. */
    private static String details() {
        return host.get("/api/host/plugins/counter").body().replace("\\\"", "\"");
    }

    private static HttpResponse<String> post() {
        return host.send("POST", "/api/counter/count", BodyPublishers.noBody());
    }

    private static void awaitWell() {
        await().atMost(LIMIT).until(() -> post().statusCode() == 200);
        await().atMost(LIMIT).until(() -> host.get("/readyz").statusCode() == 200);
    }

    /** What {@code doctor} says. */
    private static String described(String user) {
        SQLException failure = catchThrowableOfType(
                SQLException.class,
                () -> Databases.describe(
                        CounterDatabase.onPostgres(server.getPort(), user),
                        "counter",
                        "1.0.0",
                        shared.resolve("plugins/counter.jar").toUri().toURL()));
        return String.valueOf(failure.getMessage());
    }

    @Test
    @Order(1)
    void aUserWhoMayOnlyReadIsToldTheGrantByDoctorAndStart() throws SQLException {
        execute(
                DATABASE,
                "grant usage on schema belfry to reader",
                "grant select on all tables in schema belfry to reader");

        assertThat(described("reader"))
                .isEqualTo("the user 'reader' may not read and write the table 'belfry_dead_letter' and 2 more in the"
                        + " schema 'belfry' of the database '" + DATABASE
                        + "'. Run there as an administrator: grant usage on schema"
                        + " \"belfry\" to \"reader\"; grant select, insert, update, delete on all tables in schema"
                        + " \"belfry\" to \"reader\"");
        try (RunningHost other = start(folder, "reader")) {
            assertThat(other.plugin("counter").state()).isEqualTo(State.FAILED);
            assertThat(other.plugin("counter").reason().orElseThrow()).endsWith(described("reader"));
        }

        execute(DATABASE, described("reader").replaceFirst(".*administrator: ", ""));
        try (RunningHost other = start(folder, "reader")) {
            assertThat(other.plugin("counter").state())
                    .as("%s", other.plugin("counter").reason())
                    .isEqualTo(State.RUNNING);
        }
    }

    @Test
    @Order(2)
    void aUserWhoMayNotReadTheHistoryIsToldTheGrant() throws SQLException {
        execute("postgres", "create role stranger login");

        assertThat(described("stranger")).contains("grant usage on schema \"belfry\" to \"stranger\"");
    }

    @Test
    @Order(3)
    void aRevokedRightIs503WithOneLineOfTheLog() throws SQLException {
        CapturedLog requests = CapturedLog.of(REQUESTS);
        CapturedLog jobs = CapturedLog.of(JOBS);
        execute(DATABASE, "revoke update on belfry.counter from app");

        assertThat(post().statusCode()).isEqualTo(503);
        HttpResponse<String> second = post();

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.body())
                .contains("the user of the database lacks a right")
                .doesNotContain("counter\"");
        assertThat(requests.messages())
                .singleElement()
                .asString()
                .contains(
                        "plugin 'counter': the user of the database lacks a right: the user 'app' lacks a right in the"
                                + " database '" + DATABASE + "' (\"permission denied for table counter\")")
                .doesNotContain("Exception", "ERROR:");
        assertThat(requests.stackTraces()).isZero();
        CapturedLog readiness = CapturedLog.of(Health.class);
        for (int probe = 0; probe < 2; probe++) {
            assertThat(host.get("/readyz").body())
                    .isEqualTo("{\"status\":\"error\",\"message\":\"counter: database: the user of the database lacks a"
                            + " right\"}");
        }
        assertThat(readiness.messages())
                .singleElement()
                .asString()
                .startsWith("the host is not ready: counter: database: ")
                .contains("grant select, insert, update, delete on all tables in schema");
        assertThat(details()).contains("grant select, insert, update, delete on all tables in schema");
        await().atMost(LIMIT).until(() -> !jobs.messages().isEmpty());
        assertThat(jobs.messages())
                .singleElement()
                .asString()
                .startsWith("job 'counter/tick' failed: the user of the database lacks a right: ")
                .endsWith("it runs again at its next interval");
        assertThat(jobs.stackTraces()).isZero();

        execute(DATABASE, "grant update on belfry.counter to app");
        awaitWell();
    }

    @Test
    @Order(4)
    void aReadOnlyDatabaseIsNamedByDoctorReadinessAndRequests() throws SQLException {
        CapturedLog requests = CapturedLog.of(REQUESTS);
        execute("postgres", "alter database " + DATABASE + " set default_transaction_read_only = on");
        endSessions();

        await().atMost(LIMIT).until(() -> host.get("/api/counter/count").statusCode() == 200);
        HttpResponse<String> refused = post();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("the database can be read, but not written to");
        assertThat(requests.messages())
                .last()
                .asString()
                .contains("is read-only")
                .doesNotContain("ERROR:");
        String remedy =
                "Run as an administrator: alter database \"" + DATABASE + "\" reset default_transaction_read_only";
        assertThat(described("app"))
                .isEqualTo("the database '" + DATABASE + "' on 127.0.0.1:" + server.getPort()
                        + " is read-only, because default_transaction_read_only is on. " + remedy);
        assertThat(host.get("/readyz").body())
                .contains("counter: database: the database can be read, but not written to");
        assertThat(details()).contains(remedy);
        try (RunningHost other = start(folder, "app")) {
            assertThat(other.plugin("counter").state()).isEqualTo(State.WAITING);
            execute("postgres", remedy.replaceFirst(".*administrator: ", ""));
            await().atMost(LIMIT).until(() -> other.plugin("counter").state() == State.RUNNING);
        }
        endSessions();
        awaitWell();
    }

    @Test
    @Order(5)
    void aDroppedSchemaIs503AndNotReady() throws SQLException {
        CapturedLog requests = CapturedLog.of(REQUESTS);
        execute(DATABASE, "alter schema belfry rename to away");

        assertThat(post().statusCode()).isEqualTo(503);
        assertThat(requests.messages())
                .singleElement()
                .asString()
                .contains("the table 'counter' is missing in the schema 'belfry' of the database '" + DATABASE + "'");
        assertThat(requests.stackTraces()).isZero();
        assertThat(host.get("/readyz").body())
                .contains("tables of the plugin are missing")
                .doesNotContain(DATABASE);
        assertThat(details()).contains("the tables of the schema 'belfry' are gone in the database '" + DATABASE + "'");

        execute(DATABASE, "alter schema away rename to belfry", "alter table belfry.counter rename to other");
        assertThat(details()).contains("the table 'counter' is missing in the schema 'belfry'");
        execute(DATABASE, "alter table belfry.other rename to counter");
        awaitWell();
    }

    @Test
    @Order(6)
    void aStoppedServerIsNamedInTheWordsOfTheHost() throws IOException {
        CapturedLog requests = CapturedLog.of(REQUESTS);
        CapturedLog jobs = CapturedLog.of(JOBS);
        CapturedLog tasks = CapturedLog.of("dev.belfry.host.tasks.TaskRunner");
        CapturedLog library = CapturedLog.of("com.github.kagkarlsson.scheduler");
        CapturedLog pool = CapturedLog.of("com.zaxxer.hikari");
        server.close();

        assertThat(post().statusCode()).isEqualTo(503);
        String sentence =
                "PostgreSQL at 127.0.0.1:" + server.getPort() + " cannot be reached: check that it is running";
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(host.get("/readyz").body())
                        .contains("counter: database: the database is away\"")
                        .doesNotContain("127.0.0.1"));
        assertThat(details()).contains("the database is away: " + sentence);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(jobs.messages())
                        .last()
                        .asString()
                        .contains("job 'counter/tick' failed: the database is away: " + sentence));
        assertThat(requests.messages())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains("plugin 'counter': the database is away: PostgreSQL at ")
                        .doesNotContain("Hikari", "Exception"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(tasks.messages())
                        .last()
                        .asString()
                        .isEqualTo(
                                "plugin 'counter': the look for jobs and payloads that are due failed: the database is away: "
                                        + sentence + "; it is repeated every second"));
        assertThat(requests.stackTraces()
                        + jobs.stackTraces()
                        + tasks.stackTraces()
                        + library.stackTraces()
                        + pool.stackTraces())
                .isZero();
    }
}
