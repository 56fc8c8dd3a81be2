package dev.belfry.host.database;

import static dev.belfry.host.database.CounterDatabase.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On PostgreSQL, the tables of a plugin are in a schema that no other application uses. */
class OwnSchemaTest {

    private static final String DATABASE = "backstage_plugin_counter";
    private static final String MIGRATION = "create table counter (n int); insert into counter values (7);";
    private static final String SEED = """
            create table messages (id int); create table actions (id int); create table users (id int);
            create table groups (id int); insert into messages values (1);""";

    private static final String SCHEMA_MODE = "pluginDivisionMode: schema, ";

    private static EmbeddedPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void installThePlugin() {
        PluginJar.of(DatabaseOutageTest.CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", MIGRATION)
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
    }

    @AfterEach
    void dropTheDatabases() throws SQLException {
        execute(
                "postgres",
                "drop database if exists " + DATABASE + " with (force)",
                "drop database if exists shared with (force)");
        execute("postgres", "drop role if exists app");
    }

    private RunningHost start(String... database) {
        return startAs("postgres", database);
    }

    private RunningHost startAs(String user, String... database) {
        return RunningHost.start(
                folder,
                "belfry: { startTimeout: PT1M }",
                "backend: { database: { client: pg, " + String.join("", database)
                        + "connection: { host: 127.0.0.1, port: " + server.getPort() + ", user: " + user
                        + ", database: "
                        + (List.of(database).contains(SCHEMA_MODE) ? "shared" : "postgres") + " } } }");
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> tables(String database) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select schemaname || '.' || tablename from pg_tables"
                        + " where schemaname not in ('pg_catalog', 'information_schema') order by 1")) {
            List<String> tables = new ArrayList<>();
            while (row.next()) {
                tables.add(row.getString(1));
            }
            return tables;
        }
    }

    /** What {@code doctor} shows. */
    private String described() throws Exception {
        return described("postgres");
    }

    private String described(String user) throws Exception {
        return Databases.describe(
                        CounterDatabase.onPostgres(server.getPort(), user),
                        "counter",
                        "1.0.0",
                        folder.resolve("plugins/counter.jar").toUri().toURL())
                .orElseThrow();
    }

    private static String reason(RunningHost host) {
        assertThat(host.plugin("counter").state()).isEqualTo(State.FAILED);
        return host.plugin("counter").reason().orElseThrow();
    }

    @Test
    void aNewDatabaseHasTheTablesInTheSchemaBelfry() throws SQLException {
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(tables(DATABASE)).containsExactly("belfry.counter", "belfry.flyway_schema_history");

        // The names are free for another application, such as Backstage's own plugin.
        execute(DATABASE, "create table counter (name text)", "create table flyway_schema_history (x int)");
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
    }

    @Test
    void theTablesOfAnotherApplicationStayAsTheyAre() throws SQLException {
        CapturedLog log = CapturedLog.of(PostgresPlace.class);
        execute("postgres", "create database " + DATABASE);
        execute(DATABASE, SEED);

        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }

        assertThat(tables(DATABASE))
                .containsExactly(
                        "belfry.counter",
                        "belfry.flyway_schema_history",
                        "public.actions",
                        "public.groups",
                        "public.messages",
                        "public.users");
        assertThat(log.messages())
                .containsExactly("counter: in the database '" + DATABASE + "', the schema 'public' has tables of the"
                        + " notifications backend of Janus IDP (actions, groups, messages, users). Belfry leaves them"
                        + " alone and uses the schema 'belfry'. To bring their messages over, follow"
                        + " docs/from-the-seed.md");
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(log.messages()).as("said once").hasSize(1);
    }

    @Test
    void aDescriptionChangesNothing() throws Exception {
        assertThat(described())
                .isEqualTo("the database '" + DATABASE + "' does not exist yet, and the host creates it");

        execute("postgres", "create database " + DATABASE);
        execute(DATABASE, "create table thing (id int)");
        assertThat(described())
                .isEqualTo("in the database '" + DATABASE
                        + "', the schema 'belfry' is new, and gets the tables; the schema"
                        + " 'public' has tables of another application (thing), which stay as they are");
        assertThat(tables(DATABASE)).containsExactly("public.thing");

        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(described())
                .startsWith("in the database '" + DATABASE + "', the schema 'belfry' has the tables of this plugin");
    }

    @Test
    void tablesOfAnotherApplicationInTheSchemaBelfryAreNamedByDoctorAndStart() throws Exception {
        execute("postgres", "create database " + DATABASE);
        execute(DATABASE, "create schema belfry", "create table belfry.mine (a int)");

        SQLException refusal = catchThrowableOfType(SQLException.class, this::described);
        assertThat((Throwable) refusal)
                .hasMessage("in the database '" + DATABASE + "', the schema 'belfry' has tables of another application"
                        + " (mine), which stay as they are. Rename that schema (alter schema ... rename to ...), or name"
                        + " another database by backend.database.plugin.<id>.connection.database or"
                        + " backend.database.prefix");
        try (RunningHost host = start()) {
            assertThat(reason(host)).endsWith(String.valueOf(refusal.getMessage()));
        }
        try (RunningHost host = start("prefix: other_, ")) {
            assertThat(count(host)).isEqualTo("7");
        }
        execute("postgres", "drop database other_counter with (force)");
    }

    @Test
    void aDatabaseWithAnotherEncodingIsRefusedByDoctorAndStart() throws Exception {
        execute("postgres", "create database " + DATABASE + encoding("LATIN1"));

        SQLException refusal = catchThrowableOfType(SQLException.class, this::described);
        assertThat(refusal.getMessage())
                .startsWith(
                        "the database '" + DATABASE + "' on 127.0.0.1:" + server.getPort() + " has the encoding LATIN1")
                .contains("template template0 encoding 'UTF8'");
        try (RunningHost host = start()) {
            assertThat(reason(host)).endsWith(String.valueOf(refusal.getMessage()));
        }
    }

    @Test
    void aDatabaseWithUncheckedTextIsAWarning() throws Exception {
        CapturedLog log = CapturedLog.of(PostgresPlace.class);
        execute("postgres", "create database " + DATABASE + encoding("SQL_ASCII"));

        String warning = "the encoding of the database '" + DATABASE + "' is SQL_ASCII";
        assertThat(described()).contains(warning);
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(log.messages()).singleElement().asString().startsWith("counter: " + warning);
    }

    private static String encoding(String name) {
        return " template template0 encoding '" + name + "' lc_collate 'C' lc_ctype 'C'";
    }

    @Test
    void theFlywayHistoryOfAnotherApplicationIsNotThePlugins() throws SQLException {
        execute("postgres", "create database " + DATABASE);
        Path other = folder.resolve("other.jar");
        PluginJar.of(DatabaseOutageTest.CounterPlugin.class, "other", "1.0.0")
                .file("db/V1__accounts.sql", "create table accounts (id int)")
                .writeTo(other);
        migrate(other, "db");

        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(tables(DATABASE)).contains("public.accounts", "belfry.counter");
    }

    @Test
    void theTablesOfAnEarlierVersionStayInTheSchemaPublic() throws SQLException {
        execute("postgres", "create database " + DATABASE);
        migrate(folder.resolve("plugins/counter.jar"), "db/common");
        execute(DATABASE, "update counter set n = 8");

        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("8");
        }
        assertThat(tables(DATABASE)).containsExactly("public.counter", "public.flyway_schema_history");
    }

    @Test
    void tablesOfOthersBesideThoseOfAnEarlierVersionDoNotMatterForReadiness() throws SQLException {
        execute("postgres", "create role app login", "create database " + DATABASE);
        migrate(folder.resolve("plugins/counter.jar"), "db/common");
        execute(
                DATABASE,
                "alter table counter owner to app",
                "alter table flyway_schema_history owner to app",
                "grant create on schema public to app",
                "create table accounts (name text)");

        try (RunningHost host = startAs("app", "ensureExists: false, ")) {
            assertThat(count(host)).isEqualTo("7");
            assertThat(host.get("/readyz").statusCode())
                    .as(host.get("/readyz").body())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSchemaInWhichTheFirstMigrationHasBegunIsThePlugins() throws SQLException {
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        execute(DATABASE, "drop table belfry.counter", "delete from belfry.flyway_schema_history");

        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
    }

    @Test
    void tablesOfThePluginWithoutTheirHistoryAreNamedAsSuchByDoctorAndStart() throws Exception {
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        execute(DATABASE, "delete from belfry.flyway_schema_history");

        SQLException refusal = catchThrowableOfType(SQLException.class, this::described);
        assertThat((Throwable) refusal)
                .hasMessage("in the database '" + DATABASE + "', the schema 'belfry' has tables of this plugin, but the"
                        + " history of its migrations, flyway_schema_history, is empty: restore a backup of that table,"
                        + " or rename the schema (alter schema ... rename to ...): then the host creates empty tables");
        try (RunningHost host = start()) {
            assertThat(reason(host)).endsWith(String.valueOf(refusal.getMessage()));
        }
    }

    @Test
    void aReadOnlyUserIsNamedBeforeTheDatabaseExists() throws SQLException {
        execute("postgres", "create role app login createdb", "alter role app set default_transaction_read_only = on");
        String remedy = "is read-only, because default_transaction_read_only is on. Run as an administrator:"
                + " alter role \"app\" reset default_transaction_read_only";

        assertThat((Throwable) catchThrowableOfType(SQLException.class, () -> described("app")))
                .hasMessageEndingWith(remedy);
        try (RunningHost host = startAs("app")) {
            assertThat(host.plugin("counter").state()).isEqualTo(State.WAITING);
            assertThat(host.plugin("counter").reason().orElseThrow()).contains(remedy);
        }
    }

    private static void migrate(Path jar, String location) {
        try (PluginResources files = new PluginResources(jar.toUri().toURL())) {
            Flyway.configure(files)
                    .dataSource(server.getDatabase("postgres", DATABASE))
                    .locations("classpath:" + location)
                    .loggers(FlywayLog.Creator.class.getName())
                    .load()
                    .migrate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void inAForeignSchemaOfASharedDatabaseThePluginGetsOneBesideIt() throws SQLException {
        execute("postgres", "create database shared");
        execute("shared", "create schema " + DATABASE, "set search_path to " + DATABASE, SEED);

        try (RunningHost host = start(SCHEMA_MODE)) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(tables("shared"))
                .contains(DATABASE + ".messages", DATABASE + "_belfry.counter")
                .hasSize(6);
    }

    /** Backstage names a schema by the plugin, without a prefix. */
    @Test
    void withoutAPrefixTheNameOfBackstagesSchemaStaysFree() throws SQLException {
        execute("postgres", "create database shared");
        try (RunningHost host = start(SCHEMA_MODE, "prefix: '', ")) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(tables("shared")).contains("counter_belfry.counter").hasSize(2);
    }

    @Test
    void aUserWithoutTheRightIsToldTheGrant() throws SQLException {
        execute("postgres", "create role app login", "create database " + DATABASE);
        try (RunningHost host = startAs("app")) {
            assertThat(reason(host))
                    .isEqualTo("the database of 'counter' cannot be opened: the user 'app' may not create the schema"
                            + " 'belfry' in the database '" + DATABASE
                            + "'. Run there as an administrator: create schema"
                            + " \"belfry\" authorization \"app\"; or: grant create on database \"" + DATABASE
                            + "\" to \"app\"");
        }
        execute("postgres", "grant create on database " + DATABASE + " to app");
        try (RunningHost host = startAs("app", "ensureExists: false, ")) {
            assertThat(count(host)).isEqualTo("7");
        }
    }

    @Test
    void aUserWithoutTheRightToUseAPreparedSchemaIsToldTheGrant() throws SQLException {
        execute("postgres", "create role app login", "create database " + DATABASE);
        execute(DATABASE, "create schema belfry");
        try (RunningHost host = startAs("app", "ensureExists: false, ")) {
            assertThat(reason(host)).endsWith("grant usage, create on schema \"belfry\" to \"app\"");
        }
        execute(DATABASE, "grant usage, create on schema belfry to app");
        try (RunningHost host = startAs("app", "ensureExists: false, ")) {
            assertThat(count(host)).isEqualTo("7");
        }
    }

    @Test
    void aUserWhoMayNotCreateTheDatabaseIsToldTheStatement() throws SQLException {
        execute("postgres", "create role app login");
        try (RunningHost host = startAs("app")) {
            assertThat(reason(host))
                    .contains(
                            "the user 'app' may not create databases",
                            "create database \"" + DATABASE + "\" owner \"app\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", SCHEMA_MODE})
    void whatIsMissingIsNamedIfTheHostMayNotCreateIt(String mode) throws SQLException {
        execute("postgres", "create database shared");
        try (RunningHost host = start(mode, "ensureExists: false, ")) {
            assertThat(reason(host)).contains("'" + DATABASE + "' does not exist", ": create ", "\"" + DATABASE + "\"");
        }
    }
}
