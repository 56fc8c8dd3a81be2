package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BackupCommandTest {

    private static final String SQLITE = "{ client: better-sqlite3, connection: { directory: data } }";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path archive = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        archive = folder.resolve("backup.zip");
        configure(SQLITE);
        RunningHost.dropFolder(folder);
        Files.createDirectories(folder.resolve("data"));
    }

    private void configure(String database) throws IOException {
        Files.writeString(
                folder.resolve("app.yaml"),
                "belfry: {dataDirectory: data}\ndynamicPlugins: {rootDirectory: plugins}\n"
                        + "backend: {listen: {host: 127.0.0.1, port: 0}, database: " + database + "}\n");
    }

    private int run(String command, Path file) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = BelfryCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(
                command, file.toString(), "--config", folder.resolve("app.yaml").toString());
    }

    private Path database(String plugin) {
        return folder.resolve("data").resolve(plugin + ".sqlite");
    }

    private static String execute(Path file, String... statements) throws SQLException {
        String last = "";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    try (ResultSet result = statement.getResultSet()) {
                        last = result.next() ? result.getString(1) : "";
                    }
                }
            }
        }
        return last;
    }

    @Test
    void aRestoreBringsBackTheDataOfTheBackup() throws Exception {
        execute(database("one"), "pragma journal_mode = wal", "create table t (x)", "insert into t values (1)");
        execute(database("two"), "create table t (x)", "insert into t values (2)");

        assertThat(run("backup", archive)).as("%s", err).isZero();
        assertThat(out.toString()).contains("one, two");
        execute(database("one"), "update t set x = 7");
        Files.delete(database("two"));
        assertThat(run("restore", archive)).as("%s", err).isZero();

        assertThat(execute(database("one"), "select x from t")).isEqualTo("1");
        assertThat(execute(database("two"), "select x from t")).isEqualTo("2");
        Path aside = folder.resolve("data/one.sqlite.before-restore");
        assertThat(out.toString()).contains(aside.toString());
        assertThat(execute(aside, "select x from t")).isEqualTo("7");
    }

    @Test
    void aBackupWorksDuringAWriteTransaction() throws Exception {
        execute(database("one"), "pragma journal_mode = wal", "create table t (x)", "insert into t values (1)");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database("one"));
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into t values (2)");

            assertThat(run("backup", archive)).as("%s", err).isZero();
            writer.commit();
        }
        assertThat(run("restore", archive)).as("%s", err).isZero();
        assertThat(execute(database("one"), "select count(*) from t")).isEqualTo("1");
    }

    @Test
    void aBackupDoesNotOverwriteAFile() throws Exception {
        execute(database("one"), "create table t (x)");
        Files.writeString(archive, "mine");

        assertThat(run("backup", archive)).isEqualTo(1);
        assertThat(err.toString()).contains(archive.toString(), "exists already");
        assertThat(archive).hasContent("mine");
    }

    @Test
    void aBackupWithoutDatabasesFails() {
        assertThat(run("backup", archive)).isEqualTo(1);
        assertThat(err.toString()).contains("no SQLite database");
        assertThat(archive).doesNotExist();
        assertThat(run("backup", archive)).isEqualTo(1);
    }

    @Test
    void aRestoreIsRefusedWhileAHostRuns() throws Exception {
        execute(database("one"), "create table t (x)");
        run("backup", archive);
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/livez").statusCode()).isEqualTo(200);
            assertThat(run("restore", archive)).isEqualTo(1);
            assertThat(err.toString())
                    .contains("in use by a running host; stop the host")
                    .doesNotContain("configuration");
        }
        assertThat(run("restore", archive)).as("%s", err).isZero();
    }

    @Test
    void aCorruptBackupIsNotRestored() throws Exception {
        execute(database("one"), "create table t (x)", "insert into t values (1)");
        execute(database("two"), "create table t (x)", "insert into t values (2)");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("one.sqlite"));
            zip.write(Files.readAllBytes(database("two")));
            zip.putNextEntry(new ZipEntry("two.sqlite"));
            zip.write("no database, but long enough to look like one".getBytes());
        }

        assertThat(run("restore", archive)).isEqualTo(1);
        assertThat(err.toString()).contains("two.sqlite");
        assertThat(execute(database("one"), "select x from t")).isEqualTo("1");
        try (var left = Files.list(folder.resolve("data"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsOnly("one.sqlite", "two.sqlite", "belfry.lock");
        }
    }

    @Test
    void aFileThatIsNotABackupIsRefused() throws Exception {
        Files.writeString(archive, "this is no archive");
        assertThat(run("restore", archive)).isEqualTo(1);
        assertThat(err.toString()).contains(archive.toString(), "no backup of Belfry");

        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("../outside.sqlite"));
        }
        assertThat(run("restore", archive)).isEqualTo(1);
        assertThat(err.toString()).contains("../outside.sqlite");

        assertThat(run("restore", folder.resolve("missing.zip"))).isEqualTo(1);
        assertThat(err.toString()).contains("missing.zip");
    }

    @Test
    void aBackupPrintsTheCommandsForPostgres() throws Exception {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(folder.resolve("plugins/probe.jar"));
        configure("{ client: pg, connection: { host: db.example, port: 5433, user: bell, password: s3cret } }");

        assertThat(run("backup", archive)).isEqualTo(1);

        assertThat(out.toString())
                .contains("pg_dump --format=custom --file=probe.dump --username=bell"
                        + " --dbname=postgresql://db.example:5433/backstage_plugin_probe")
                .contains("--file=host.dump", "pg_dump fails for a database that does not exist")
                .doesNotContain("s3cret");
        configure(
                "{ client: pg, pluginDivisionMode: schema, connection: { host: db.example, user: bell, database: all } }");
        run("backup", archive);
        assertThat(out.toString())
                .contains(
                        "--schema=backstage_plugin_probe --schema=backstage_plugin_probe_belfry --dbname=postgresql://db.example:5432/all");
    }
}
