package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.Secret;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteFile;
import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an operator reads when a real server refuses. */
class DatabaseProblemTest {

    private static final Pool POOL = new Pool(0, 4, Duration.ofSeconds(5), Duration.ofMinutes(1));
    private static final int CONNECTIONS = 12;

    @TempDir
    private static Path files;

    private static EmbeddedPostgres server;
    private static URL plugin;

    /** Without migrations, nothing would be looked at. */
    @BeforeAll
    static void packThePlugin() throws IOException {
        Path jar = files.resolve("probe.jar");
        PluginJar.of(MigrationProblemTest.MigratingPlugin.class, "probe", "1.0.0")
                .file("db/common/V1__first.sql", "create table first (n int);")
                .writeTo(jar);
        plugin = jar.toUri().toURL();
    }

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        Path access = Files.writeString(files.resolve("pg_hba.conf"), """
                host all postgres,app 127.0.0.1/32 trust
                host all locked 127.0.0.1/32 scram-sha-256
                """);
        files.toFile().setExecutable(true, false);
        access.toFile().setReadable(true, false);
        server = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", access.toString())
                .setServerConfig("max_connections", Integer.toString(CONNECTIONS))
                .start();
        execute("create role locked login createdb password 'right'", "create role app login");
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String server(int port) {
        return "PostgreSQL at 127.0.0.1:" + port;
    }

    private static String problem(
            String host, int port, String parameters, String user, String password, boolean create) {
        Postgres settings = new Postgres(
                "jdbc:postgresql://" + host + ":" + port + "/postgres" + parameters,
                user,
                password.isEmpty() ? Optional.empty() : Optional.of(Secret.of(password)),
                "",
                Division.DATABASE,
                create,
                Optional.of("absent"));
        SQLException failure = catchThrowableOfType(
                SQLException.class,
                () -> Databases.describe(new PluginDatabase(settings, POOL), "probe", "1.0.0", plugin));
        return String.valueOf(failure.getMessage());
    }

    private static String problem(String user, String password) {
        return problem("127.0.0.1", server.getPort(), "", user, password, true);
    }

    /** Opens its database. */
    public static final class StoringPlugin implements dev.belfry.api.Plugin {
        @Override
        public void start(dev.belfry.api.PluginContext context) {
            context.database();
        }
    }

    @Test
    void aPluginWhoseDatabaseCannotBeOpenedFailsWithTheReasonAndNoStackTrace(@TempDir Path folder) {
        CapturedLog log = CapturedLog.of("dev.belfry.host.lifecycle.FailureLog");
        PluginJar.of(StoringPlugin.class, "bell", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
        try (RunningHost host = RunningHost.start(
                folder,
                "backend: { database: { client: pg, connection: { host: 127.0.0.1, port: " + server.getPort()
                        + ", user: locked, password: wrong } } }")) {
            assertThat(host.plugin("bell").failure()).hasToString("Optional[DATABASE]");
        }
        assertThat(log.messages())
                .singleElement()
                .asString()
                .endsWith(server(server.getPort()) + " rejects the password of the user 'locked'");
        assertThat(log.stackTraces()).isZero();
    }

    @Test
    void aWrongPassword() {
        assertThat(problem("locked", "wrong"))
                .isEqualTo(server(server.getPort()) + " rejects the password of the user 'locked'");
    }

    @Test
    void aMissingPassword() {
        assertThat(problem("locked", ""))
                .isEqualTo(server(server.getPort())
                        + " asks for a password of the user 'locked': set backend.database.connection.password");
    }

    @Test
    void aUserWhomTheServerDoesNotAdmit() {
        assertThat(problem("stranger", "secret"))
                .startsWith(server(server.getPort()) + " does not admit the user 'stranger' to the database 'postgres'")
                .endsWith("add a line for it to pg_hba.conf, or set backend.database.connection.ssl if it demands TLS")
                .doesNotContain("secret", "FATAL");
    }

    @Test
    void aMissingDatabaseIsToldWithTheStatement() {
        assertThat(problem("127.0.0.1", server.getPort(), "", "postgres", "", false))
                .isEqualTo("the database 'absent' does not exist on 127.0.0.1:" + server.getPort()
                        + ": correct its name in backend.database, or run as an administrator: create database"
                        + " \"absent\" owner \"postgres\" template template0 encoding 'UTF8'");
    }

    /** Backstage ignores the name of the database, unless the plugins share one. */
    @Test
    void aMissingDatabaseThatOnlyServesToCreateOthersIsReplacedByTheServersOwn() throws SQLException {
        CapturedLog log = CapturedLog.ofInfo(PostgresSource.class.getName());
        Postgres settings = postgres("missing", Division.DATABASE, Optional.of("absent"));

        assertThat(Databases.describe(new PluginDatabase(settings, POOL), "probe", "1.0.0", plugin))
                .hasValue("the database 'absent' does not exist yet, and the host creates it");
        assertThat(Databases.describeServer(settings)).startsWith("PostgreSQL ");
        assertThat(log.messages())
                .contains("the database 'missing' does not exist on 127.0.0.1:" + server.getPort()
                        + ": 'postgres' is used to create the databases of plugins");

        Postgres shared = postgres("missing", Division.SCHEMA, Optional.empty());
        assertThatThrownBy(() -> Databases.describeServer(shared))
                .hasMessageContaining("the database 'missing' does not exist");
    }

    private static Postgres postgres(String database, Division division, Optional<String> own) {
        return new Postgres(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database,
                "postgres",
                Optional.empty(),
                "",
                division,
                true,
                own);
    }

    @Test
    void aUserWhoMayNotCreateTheDatabase() {
        assertThat(problem("app", ""))
                .contains("the user 'app' may not create databases", "create database \"absent\" owner \"app\"");
    }

    @Test
    void anUnknownHost() {
        assertThat(problem("database.invalid", 5432, "", "postgres", "", true))
                .isEqualTo("the host 'database.invalid' of the database is unknown");
    }

    @Test
    void aServerThatDoesNotRun() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(problem("127.0.0.1", port, "", "postgres", "", true))
                .isEqualTo(server(port) + " cannot be reached: check that it is running");
    }

    @Test
    void aServerWithoutTls() {
        assertThat(problem("127.0.0.1", server.getPort(), "?sslmode=require", "postgres", "", true))
                .isEqualTo(
                        server(server.getPort())
                                + " does not offer TLS: turn on ssl in postgresql.conf, or connect without it: remove backend.database.connection.ssl, or sslmode of the URL");
    }

    @Test
    void tooManyConnections() throws SQLException {
        List<Connection> held = new ArrayList<>();
        try {
            SQLException full = catchThrowableOfType(SQLException.class, () -> {
                for (int i = 0; i <= CONNECTIONS; i++) {
                    held.add(server.getPostgresDatabase().getConnection());
                }
            });
            assertThat(full.getSQLState()).isEqualTo("53300");

            assertThat(problem("postgres", ""))
                    .isEqualTo(
                            server(server.getPort()) + " accepts no more connections: raise max_connections there, or"
                                    + " lower knexConfig.pool.max");
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
        }
    }

    @Test
    void aDatabaseThatTheUserMayNotConnectTo() throws SQLException {
        execute("create database absent", "revoke connect on database absent from public");
        try {
            assertThat(problem("app", ""))
                    .isEqualTo(
                            "the user 'app' may not connect to the database 'absent' on 127.0.0.1:" + server.getPort()
                                    + ". Run as an administrator: grant connect on database \"absent\" to \"app\"");
        } finally {
            execute("drop database absent");
        }
    }

    private static List<String> connectionWarnings(String user, int most) throws SQLException {
        PluginDatabase database = CounterDatabase.onPostgres(server.getPort(), user, "limited_", most);
        return Databases.connectionWarnings(Map.of("bells", database, "host", database));
    }

    @Test
    void limitsOfConnectionsThatAreLowerThanThePoolsAreWarnings() throws SQLException {
        assertThat(connectionWarnings("app", 2)).isEmpty();
        // Three connections are for superusers.
        assertThat(connectionWarnings("app", 4))
                .containsExactly(
                        server(server.getPort()) + ": the server gives this user 9 connections, and each host opens"
                                + " up to 10 (bells 5, host 5). Under load, requests then fail. Raise max_connections there, or lower"
                                + " knexConfig.pool.max");
        assertThat(connectionWarnings("postgres", 4)).isEmpty();

        execute("alter role app connection limit 5", "create database limited_host connection limit 2");
        try {
            assertThat(connectionWarnings("app", 2))
                    .containsExactly(
                            server(server.getPort())
                                    + ": the user 'app' may have 5 connections, and each host opens up to 6"
                                    + " (bells 3, host 3). Under load, requests then fail. Run as an administrator: alter role"
                                    + " \"app\" connection limit -1, or lower knexConfig.pool.max",
                            server(server.getPort())
                                    + ": the database 'limited_host' may have 2 connections, and each host"
                                    + " opens up to 3 (host 3). Under load, requests then fail. Run as an administrator: alter"
                                    + " database \"limited_host\" connection limit -1, or lower knexConfig.pool.max");
        } finally {
            execute("alter role app connection limit -1", "drop database limited_host");
        }
    }

    @Test
    void aLimitOfConnectionsOfTheDatabaseOrTheRole() throws SQLException {
        execute("create database absent connection limit 0");
        try {
            assertThat(problem("app", ""))
                    .isEqualTo(
                            server(server.getPort()) + " accepts no more connections of the user 'app' to the database"
                                    + " 'absent': run as an administrator: alter database \"absent\" connection limit -1, or lower"
                                    + " knexConfig.pool.max");
        } finally {
            execute("drop database absent");
        }
        execute("alter role app connection limit 0");
        try {
            assertThat(problem("app", "")).contains("alter role \"app\" connection limit -1");
        } finally {
            execute("alter role app connection limit -1");
        }
    }

    @Test
    @Tag("soak")
    void aServerOfAnotherProtocolThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(problem("127.0.0.1", silent.getLocalPort(), "", "app", "", true))
                    .isEqualTo(server(silent.getLocalPort()) + " does not respond");
        }
    }

    @Test
    void aFileThatIsNotADatabase() throws IOException {
        Path file =
                Files.writeString(files.resolve("text.sqlite"), "This is not a database, but a text of some length.");

        assertThat(problemOf(file))
                .isEqualTo(
                        "the file '" + file + "' is not a database of SQLite. Move it away, restore a backup, or name"
                                + " another file by backend.database.plugin.probe.connection");
    }

    @Test
    void aPluginWhoseFileIsNotADatabaseFailsAndDoesNotWait(@TempDir Path folder) throws IOException {
        PluginJar.of(StoringPlugin.class, "bell", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
        Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("bell.sqlite"), "x".repeat(5000));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("bell").state()).isEqualTo(State.FAILED);
            assertThat(host.plugin("bell").reason().orElseThrow()).contains("is not a database of SQLite");
        }
    }

    /** As root, who runs many tests, everything can be written. */
    @ParameterizedTest
    @CsvSource({
        "SQLITE_READONLY_DIRECTORY, the folder of the database 'a.sqlite' cannot be written",
        "SQLITE_READONLY, the database 'a.sqlite' cannot be written",
        "SQLITE_READONLY_DBMOVED, the database 'a.sqlite' cannot be written",
        "SQLITE_IOERR_READ, the database 'a.sqlite' cannot be read or written",
        "SQLITE_FULL, the disk of the database 'a.sqlite' is full",
        "SQLITE_CORRUPT_INDEX, the database 'a.sqlite' is damaged"
    })
    void codesOfSqliteAreSentences(SQLiteErrorCode code, String sentence) {
        assertThat(DatabaseProblem.of(
                        new SQLiteException("[" + code + "] said", code),
                        new DatabaseAddress.Sqlite("a.sqlite", "name another folder")))
                .startsWith(sentence);
    }

    private static String problemOf(Path file) {
        SQLException failure = catchThrowableOfType(
                SQLException.class,
                () -> Databases.describe(new PluginDatabase(new SqliteFile(file), POOL), "probe", "1.0.0", plugin));
        return String.valueOf(failure.getMessage());
    }

    @Test
    void aFileOfAnotherProgramOrAnEmptyOneIsDescribedWithoutAWrite() throws Exception {
        Path foreign = files.resolve("foreign.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.execute("create table messages (id text)");
        }
        byte[] before = Files.readAllBytes(foreign);
        Path empty = Files.createFile(files.resolve("empty.sqlite"));

        assertThat(problemOf(foreign)).contains("has tables of another application");
        assertThat(Files.readAllBytes(foreign)).isEqualTo(before);
        assertThat(Databases.describe(new PluginDatabase(new SqliteFile(empty), POOL), "probe", "1.0.0", plugin))
                .contains("the file " + empty + " is empty, and gets the tables");
    }

    @Test
    void aFolderInPlaceOfTheFileAndAFileInPlaceOfTheFolder() throws IOException {
        Path folder = Files.createDirectory(files.resolve("folder.sqlite"));
        Path file = Files.createFile(files.resolve("data"));

        assertThat(problemOf(folder)).startsWith("the database file '" + folder + "' is not a file");
        assertThat(problemOf(file.resolve("probe.sqlite"))).contains("because '" + file + "' is a file");
        Path below = file.resolve("folder/probe.sqlite");
        assertThat(problemOf(below))
                .isEqualTo("the database file '" + below + "' cannot be created: " + file + " is a file, not a folder");
    }

    @Test
    void aLinkThatLeadsToNothingIsNamed() throws IOException {
        Path link = Files.createSymbolicLink(files.resolve("link.sqlite"), files.resolve("nothing"));
        Path folder = Files.createSymbolicLink(files.resolve("linked"), files.resolve("no-folder"));

        assertThat(problemOf(link))
                .isEqualTo("the database file '" + link + "' cannot be created: " + link
                        + " is a link to something that does not exist. Create that, remove the link, or name another file by"
                        + " backend.database.plugin.probe.connection");
        assertThat(problemOf(folder.resolve("probe.sqlite")))
                .contains(folder + " is a link to something that does not exist");
        assertThat(startProblemOf(link)).endsWith(problemOf(link));
    }

    /** The tests may run as a user who can write everywhere, but not to this file system. */
    @Test
    void aFileThatCannotBeWrittenIsNamedBeforeTheFirstWrite() throws Exception {
        Path database = files.resolve("read-only.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("create table first (n int)");
        }
        Path archive = files.resolve("read-only.zip");
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Files.copy(database, zip.getPath("/read-only.sqlite"));
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("accessMode", "readOnly"))) {
            Path file = zip.getPath("/read-only.sqlite");
            String problem =
                    "the database '/read-only.sqlite' cannot be written: give the host's user the right to write"
                            + " the file and its folder";

            assertThat(problemOf(file)).isEqualTo(problem);
            assertThatThrownBy(() -> open(file))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageEndingWith(problem);
        }
    }

    @Test
    void aPathMayHaveTheCharactersOfAUrl() throws Exception {
        Path folder = Files.createDirectory(files.resolve("d b größe #1%20?x=y&z"));
        Path file = folder.resolve("probe.sqlite");

        open(file);

        assertThat(file).exists();
        assertThat(Databases.describe(new PluginDatabase(new SqliteFile(file), POOL), "probe", "1.0.0", plugin))
                .contains("the file " + file + " has the tables of this plugin");
    }

    private static void open(Path file) throws Exception {
        try (Databases databases = new Databases(
                        new DatabaseSettings(new PluginDatabase(new SqliteFile(file), POOL), Map.of()),
                        StatementSettings.DEFAULT,
                        new SimpleMeterRegistry(),
                        files);
                Databases.Lease lease = databases.open("probe", "1.0.0", plugin)) {
            lease.migrate("db");
        }
    }

    private static String startProblemOf(Path file) {
        return String.valueOf(
                catchThrowableOfType(SQLException.class, () -> open(file)).getMessage());
    }
}
