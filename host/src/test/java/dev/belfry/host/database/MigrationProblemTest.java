package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.MigrationFailed;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator or an author reads when migrations do not fit. */
class MigrationProblemTest {

    private static final String FIRST = "V1__first.sql";
    private static final String SECOND = "V2__second.sql";
    private static final String CREATE = "create table first (n int);";

    private static EmbeddedPostgres server;

    @TempDir
    private Path folder;

    private final String database = "migrations_" + UUID.randomUUID().toString().replace("-", "");
    private int jars;

    /** Never started. */
    public static final class MigratingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {}
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private PluginDatabase settings(Dialect dialect) {
        Pool pool = new Pool(0, 2, Duration.ofSeconds(5), Duration.ofMinutes(1));
        return new PluginDatabase(
                switch (dialect) {
                    case SQLITE -> new SqliteFolder(folder);
                    case POSTGRESQL ->
                        new Postgres(
                                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                                "postgres",
                                Optional.empty(),
                                "",
                                Division.DATABASE,
                                true,
                                Optional.of(database));
                },
                pool);
    }

    /** Migrates with the files of a version, as its start would; alternately a name and the text of a file. */
    private void migrate(Dialect dialect, String version, String... files) throws Exception {
        Path file = jar(version, files);
        try (Databases databases = new Databases(
                        new DatabaseSettings(settings(dialect), Map.of()),
                        StatementSettings.DEFAULT,
                        new SimpleMeterRegistry(),
                        folder);
                Databases.Lease lease =
                        databases.open("probe", version, file.toUri().toURL())) {
            lease.migrate("db");
        }
    }

    /** What {@code doctor} shows. */
    private String described(Dialect dialect, String version, String... files) throws Exception {
        return Databases.describe(
                        settings(dialect),
                        "probe",
                        version,
                        jar(version, files).toUri().toURL())
                .orElseThrow();
    }

    private Path jar(String version, String... files) {
        PluginJar jar = PluginJar.of(MigratingPlugin.class, "probe", version);
        for (int i = 0; i < files.length; i += 2) {
            jar.file("db/common/" + files[i], files[i + 1]);
        }
        Path file = folder.resolve(jars++ + ".jar");
        jar.writeTo(file);
        return file;
    }

    private String problem(Dialect dialect, String version, String... files) {
        MigrationFailed failure = catchThrowableOfType(MigrationFailed.class, () -> migrate(dialect, version, files));
        String message = String.valueOf(failure.getMessage());
        assertThat(message)
                .startsWith("the tables of 'probe' could not be migrated: ")
                .doesNotContainIgnoringCase("repair", "baseline", "validate", "outOfOrder", "\n");
        return message.substring("the tables of 'probe' could not be migrated: ".length());
    }

    @Test
    void theSentenceOfSqliteIsShownWithoutItsCode() {
        assertThat(problem(Dialect.SQLITE, "1.0.0", FIRST, "create tabel first (n int);"))
                .isEqualTo("V1__first.sql, line 1: near \"tabel\": syntax error");
    }

    @ParameterizedTest
    @EnumSource
    void aChangedFileIsNamed(Dialect dialect) throws Exception {
        migrate(dialect, "1.0.0", FIRST, CREATE);

        assertThat(problem(dialect, "1.1.0", FIRST, "create table other (n int);"))
                .startsWith("the database was migrated by another version of plugin 'probe' (probe 1.0.0): file "
                        + FIRST + " has changed");
        assertThatThrownBy(() -> described(dialect, "1.1.0", FIRST, "create table other (n int);"))
                .hasMessageStartingWith(
                        "the tables of 'probe' cannot be migrated: the database was migrated by another version of"
                                + " plugin 'probe' (probe 1.0.0): file " + FIRST + " has changed");
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsGoneIsNamedByStartAndDoctor(Dialect dialect) throws Exception {
        String[] files = {FIRST, CREATE, SECOND, "create table second (n int); drop table first;"};
        migrate(dialect, "1.0.0", files);
        migrate(dialect, "1.0.0", files);
        assertThat(described(dialect, "1.0.0", files)).endsWith("has the tables of this plugin");
        execute(dialect, "drop table second");

        String problem = "the table 'second' is missing in the "
                + switch (dialect) {
                    case SQLITE ->
                        "file '" + folder.resolve("probe.sqlite") + "': restore a backup, or, to give up all data of"
                                + " the plugin, stop the host and move the file away";
                    case POSTGRESQL ->
                        "schema 'belfry' in the database '" + database + "' on 127.0.0.1:" + server.getPort()
                                + ": restore a backup, or, to give up all data of the plugin, run there: drop schema"
                                + " \"belfry\" cascade";
                };
        assertThatThrownBy(() -> migrate(dialect, "1.0.0", files))
                .isInstanceOf(MigrationFailed.class)
                .hasMessage("the tables of 'probe' cannot be used: " + problem);
        assertThatThrownBy(() -> described(dialect, "1.0.0", files)).hasMessage(problem);

        execute(dialect, "create table second (n int)");
        migrate(dialect, "1.0.0", files);
    }

    /** On PostgreSQL, see OwnSchemaTest. */
    @Test
    void tablesInAFileWithoutTheirHistoryAreNamedAsSuchByStartAndDoctor() throws Exception {
        migrate(Dialect.SQLITE, "1.0.0", FIRST, CREATE);
        for (String[] loss : new String[][] {
            {"delete from flyway_schema_history", "empty"}, {"drop table flyway_schema_history", "missing"}
        }) {
            execute(Dialect.SQLITE, loss[0]);

            String problem = "the file '" + folder.resolve("probe.sqlite")
                    + "' has tables of this plugin, but the history of its migrations, flyway_schema_history, is "
                    + loss[1]
                    + ": restore a backup, or, to give up all data of the plugin, stop the host and move the file away";
            assertThatThrownBy(() -> migrate(Dialect.SQLITE, "1.0.0", FIRST, CREATE))
                    .hasMessage("the tables of 'probe' cannot be used: " + problem);
            assertThatThrownBy(() -> described(Dialect.SQLITE, "1.0.0", FIRST, CREATE))
                    .hasMessage(problem);
        }
    }

    @Test
    void aFileInWalModeThatAnotherProcessHasLockedForWritingIsNamedByDoctor() throws Exception {
        migrate(Dialect.SQLITE, "1.0.0", FIRST, CREATE);
        Path file = folder.resolve("probe.sqlite");

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            assertThatThrownBy(() -> described(Dialect.SQLITE, "1.0.0", FIRST, CREATE))
                    .hasMessage("another process has locked the database '" + file + "'");
            statement.execute("rollback");

            statement.execute("begin");
            statement.executeQuery("select * from first").close();
            assertThat(described(Dialect.SQLITE, "1.0.0", FIRST, CREATE)).endsWith("has the tables of this plugin");
        }
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void aFileThatAnotherProcessHasLockedIsNamedAsSuch(String journalMode) throws Exception {
        execute(Dialect.SQLITE, "pragma journal_mode = " + journalMode);
        execute(Dialect.SQLITE, "create table other (n int)");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("probe.sqlite"));
                Statement lock = other.createStatement()) {
            lock.execute("begin exclusive");

            assertThatThrownBy(() -> migrate(Dialect.SQLITE, "1.0.0", FIRST, CREATE))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageEndingWith(
                            "another process has locked the database '" + folder.resolve("probe.sqlite") + "'");
        }
    }

    private void execute(Dialect dialect, String statement) throws SQLException {
        try (Connection connection = switch (dialect) {
                    case SQLITE -> DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("probe.sqlite"));
                    case POSTGRESQL -> server.getDatabase("postgres", database).getConnection();
                };
                Statement sql = connection.createStatement()) {
            if (dialect == Dialect.POSTGRESQL) {
                sql.execute("set search_path to belfry");
            }
            sql.execute(statement);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingFileIsNamed(Dialect dialect) throws Exception {
        migrate(
                dialect,
                "1.0.0",
                FIRST,
                CREATE,
                SECOND,
                "create table second (n int);",
                "V3__third.sql",
                "create table t (n int);");

        assertThat(problem(dialect, "1.1.0", FIRST, CREATE, "V3__third.sql", "create table t (n int);"))
                .startsWith("the database was migrated by another version of plugin 'probe' (probe 1.0.0): file "
                        + SECOND + " is missing in 1.1.0");
    }

    @ParameterizedTest
    @EnumSource
    void aFileWithALowerVersionThanTheLastIsNamed(Dialect dialect) throws Exception {
        migrate(dialect, "1.0.0", FIRST, CREATE, "V3__third.sql", "create table t (n int);");

        assertThat(problem(dialect, "1.1.0", FIRST, CREATE, SECOND, CREATE, "V3__third.sql", "create table t (n int);"))
                .startsWith("file " + SECOND + " has a lower version");
    }

    @ParameterizedTest
    @EnumSource
    void aNewerDatabaseSaysWhichVersionMigratedIt(Dialect dialect) throws Exception {
        migrate(dialect, "2.0.0", FIRST, CREATE, SECOND, "create table second (n int);");
        CapturedLog log = CapturedLog.of(Migrations.class);

        migrate(dialect, "1.0.0", FIRST, CREATE);

        assertThat(log.messages())
                .containsExactly("probe: a newer version of the plugin has migrated the tables: " + SECOND
                        + " was run by probe 2.0.0, and is not in 1.0.0");
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidStatementIsNamedByFileAndLine(Dialect dialect) {
        assertThat(problem(dialect, "1.0.0", FIRST, CREATE + "\n\ncreate tabel second (n int);"))
                .startsWith(FIRST + ", line 3: ")
                .contains("tabel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "V1_create.sql",
                "1__create.sql",
                "v1__create.sql",
                "create.sql",
                "V1-a__create.sql",
                "V__create.sql"
            })
    void aFileWithAnInvalidNameIsNamed(String name) {
        assertThat(problem(Dialect.SQLITE, "1.0.0", name, CREATE))
                .isEqualTo("the name of the file '" + name + "' is not of the form V1__name.sql: a V, the version, two"
                        + " underscores, a name");
    }

    @Test
    void twoFilesWithOneVersionAreNamed() {
        assertThat(problem(Dialect.SQLITE, "1.0.0", FIRST, CREATE, "V1__again.sql", "create table again (n int);"))
                .startsWith("two files have the same version: ")
                .contains(FIRST, "V1__again.sql");
    }

    @Test
    void aFileWithTheTablesOfAnotherApplicationIsNamedAndStaysAsItIs() throws SQLException {
        Path file = folder.resolve("probe.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table messages (id int)");
        }
        assertThat(problem(Dialect.SQLITE, "1.0.0", FIRST, CREATE))
                .isEqualTo("the file '" + file
                        + "' has tables of another application, which stay as they are. Move the file"
                        + " away, or name another folder by backend.database.connection.directory");
    }
}
