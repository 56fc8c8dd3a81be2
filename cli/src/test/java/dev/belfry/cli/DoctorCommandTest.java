package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.backup.DataDirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DoctorCommandTest extends CommandSuite {

    @Test
    void doctorChecksEverythingAStartNeeds() throws Exception {
        assertThat(run("doctor", "--config", config())).isZero();
        assertThat(out.toString())
                .contains("ok    Java")
                .contains("ok    data directory")
                .contains("ok    disk")
                .contains("ok    port")
                .contains("ok    database")
                .contains("ok    plugin: probe.jar would be accepted")
                .contains(
                        "ok    database of probe: the file ",
                        "probe.sqlite does not exist yet, and the host creates it")
                .doesNotContain("WRONG");
        assertThat(folder.resolve("data/probe.sqlite")).doesNotExist();

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(jar, "no zip");
            Files.writeString(
                    folder.resolve("app.yaml"),
                    "belfry: {dataDirectory: data}\nbackend: {listen: {port: " + taken.getLocalPort() + "}}\n"
                            + "dynamicPlugins: {rootDirectory: plugins}\n");
            assertThat(run("doctor", "--config", config())).isOne();
            assertThat(out.toString())
                    .contains("WRONG port: 127.0.0.1:" + taken.getLocalPort()
                            + " cannot be listened on: another process uses the port. Set another port")
                    .contains("probe.jar: it is not a readable JAR");
            assertThat(run("doctor", "--json", "--config", config())).isOne();
            assertThat(json().findValuesAsText("what")).contains("Java", "port", "plugin");
        }
    }

    @Test
    void doctorOnARunningHostSaysThatTheDataDirectoryIsInUse() throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                DataDirectoryLock host = DataDirectoryLock.of(data)) {
            Files.writeString(
                    folder.resolve("app.yaml"),
                    "belfry: {dataDirectory: data}\nbackend: {listen: {port: " + listening.getLocalPort() + "}}\n"
                            + "dynamicPlugins: {rootDirectory: plugins}\n");

            assertThat(run("doctor", "--config", config())).isZero();
            assertThat(host).isNotNull();
        }
        assertThat(out.toString())
                .contains("ok    data directory: " + data + " is in use by a host that runs")
                .contains(" is in use, as is to be expected while the host runs");

        assertThat(run("doctor", "--config", config())).isZero();
        assertThat(out.toString()).doesNotContain("is in use");
    }

    @Test
    void doctorReportsAnUnreachableDatabase() {
        configure("");
        assertThat(run("doctor", "--config", postgres())).isOne();
        assertThat(out.toString())
                .contains("WRONG database: PostgreSQL at 127.0.0.1:1 cannot be reached: check that it is running");
    }

    @Test
    void doctorSaysNothingOfThePluginsInAFolderThatCannotBeCreated() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path config = Files.writeString(
                folder.resolve("app.yaml"),
                "belfry: {dataDirectory: data}\ndynamicPlugins: {rootDirectory: plugins}\n"
                        + "backend: {listen: {port: 0}, database: {connection: {directory: file/databases}}}\n");
        assertThat(run("doctor", "--config", config.toString())).isOne();
        assertThat(out.toString())
                .contains("WRONG database: ", " cannot be written: " + file + " is a file, not a folder")
                .doesNotContain("database of probe");
    }

    private String postgres() {
        try {
            return Files.writeString(
                            folder.resolve("pg.yaml"),
                            "backend: {listen: {port: 0}, database: {client: pg, connection: {host: 127.0.0.1, port: 1,"
                                    + " user: x, password: y}}}\nbelfry: {dataDirectory: data}\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
