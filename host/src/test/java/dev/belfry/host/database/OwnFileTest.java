package dev.belfry.host.database;

import static dev.belfry.host.database.CounterDatabase.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.backup.Backup;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On SQLite, the tables of a plugin are in a file that Backstage does not use. */
class OwnFileTest {

    private static final String MIGRATION = "create table counter (n int); insert into counter values (7);";
    private static final List<String> SEED = List.of("messages", "actions", "users", "groups");
    private static final List<String> CORE = List.of("knex_migrations", "notification", "broadcast");

    @TempDir
    private Path folder;

    private Path foreign;
    private Path own;

    @BeforeEach
    void installThePlugin() {
        foreign = folder.resolve("sq/counter.sqlite");
        own = folder.resolve("sq/counter.belfry.sqlite");
        PluginJar.of(DatabaseOutageTest.CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", MIGRATION)
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
    }

    private RunningHost start() {
        return start("{ directory: sq }");
    }

    private RunningHost start(String connection) {
        return RunningHost.start(
                folder,
                "belfry: { startTimeout: PT1M }",
                "backend: { database: { plugin: { counter: { connection: " + connection + " } } } }");
    }

    private void create(List<String> tables, String mode) throws IOException, SQLException {
        Files.createDirectories(folder.resolve("sq"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = " + mode);
            for (String table : tables) {
                statement.execute("create table " + table + " (id int)");
            }
        }
    }

    private String described() throws Exception {
        return Databases.describe(
                        database(),
                        "counter",
                        "1.0.0",
                        RunningHost.dropFolder(folder)
                                .resolve("counter.jar")
                                .toUri()
                                .toURL())
                .orElseThrow();
    }

    private PluginDatabase database() {
        return new PluginDatabase(
                new SqliteFolder(folder.resolve("sq")), new Pool(0, 1, Duration.ofSeconds(5), Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void tablesOfTheSeedStayAsTheyAre(String mode) throws Exception {
        create(SEED, mode);
        byte[] before = Files.readAllBytes(foreign);
        CapturedLog log = CapturedLog.of(ConnectionPoolFactory.class);
        String tables = "the file '" + foreign
                + "' has tables of the notifications backend of Janus IDP (actions, groups," + " messages, users)";
        String hint = ". To bring their messages over, follow docs/from-the-seed.md";
        assertThat(described())
                .isEqualTo("the file " + own + " does not exist yet, and the host creates it; " + tables
                        + ", which stay as they are" + hint);

        for (int starts = 0; starts < 2; starts++) {
            try (RunningHost host = start()) {
                assertThat(count(host)).isEqualTo("7");
            }
        }

        assertThat(log.messages())
                .as("said once")
                .containsExactly(
                        "counter: " + tables + ". Belfry leaves them alone and uses the file '" + own + "'" + hint);
        assertThat(Files.readAllBytes(foreign)).isEqualTo(before);
        assertThat(described())
                .isEqualTo(
                        "the file " + own + " has the tables of this plugin; " + tables + ", which stay as they are");
        try (Stream<Path> files = Files.list(folder.resolve("sq"))) {
            assertThat(files)
                    .as("nothing is left beside the file")
                    .filteredOn(file -> !file.toString().startsWith(own.toString()))
                    .containsExactly(foreign);
        }
    }

    @Test
    void theOwnFileStaysInUseWhenTheForeignOneIsGone() throws Exception {
        create(CORE, "delete");
        try (RunningHost host = start("{ filename: sq/counter.sqlite }")) {
            assertThat(count(host)).isEqualTo("7");
        }
        execute(own, "update counter set n = 8");
        Files.delete(foreign);

        try (RunningHost host = start("{ filename: sq/counter.sqlite }")) {
            assertThat(count(host)).isEqualTo("8");
        }
        assertThat(foreign).doesNotExist();
    }

    @Test
    void tablesOfThePluginStayWhereTheyAre() throws Exception {
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        for (String table : CORE) {
            execute(foreign, "create table " + table + " (id int)");
        }

        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(own).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"a.b.db, a.b.belfry.db", "file, file.belfry.sqlite", ".hidden, .hidden.belfry.sqlite"})
    void theNameOfTheOwnFileHasTheSameEnd(String configured, String expected) throws Exception {
        foreign = folder.resolve("sq").resolve(configured);
        create(CORE, "delete");

        assertThat(Databases.sqliteFile(foreign)).isEqualTo(foreign.resolveSibling(expected));
    }

    @Test
    void aBackupHasTheOwnFileAndRestoresIt() throws Exception {
        create(SEED, "delete");
        byte[] before = Files.readAllBytes(foreign);
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        Backup backup = new Backup(new DatabaseSettings(database(), Map.of()), Set.of("counter"));
        Path archive = folder.resolve("backup.zip");
        assertThat(backup.write(archive)).containsExactly("counter");
        execute(own, "update counter set n = 8");

        assertThat(backup.restore(archive)).singleElement().asString().startsWith(own + " is restored");
        try (RunningHost host = start()) {
            assertThat(count(host)).isEqualTo("7");
        }
        assertThat(Files.readAllBytes(foreign)).isEqualTo(before);
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
