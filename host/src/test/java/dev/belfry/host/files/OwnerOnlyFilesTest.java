package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.backup.Backup;
import dev.belfry.host.backup.DataDirectoryLock;
import dev.belfry.host.config.Config;
import dev.belfry.host.database.DatabaseOutageTest.CounterPlugin;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The host's files are accessible only to its user. */
@DisabledOnOs(OS.WINDOWS)
class OwnerOnlyFilesTest {

    @TempDir
    private Path folder;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertOwnersAlone(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> paths = all.toList();
            assertThat(paths)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(
                            path -> assertThat(permissions(path)).as("%s", path).endsWith("------"));
        }
    }

    private void drop() {
        PluginJar.of(CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (0);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
    }

    @Test
    void databasesKeysAndStateAreOnlyForTheOwner() throws Exception {
        drop();
        try (RunningHost host = RunningHost.start(folder)) {
            host.send("POST", "/api/counter/count", BodyPublishers.noBody());
            host.send("POST", "/api/host/plugins/counter/disable", BodyPublishers.noBody());
            host.send("POST", "/api/host/plugins/counter/enable", BodyPublishers.noBody());
            assertThat(host.get("/api/counter/count").body()).isEqualTo("1");

            assertThat(folder.resolve("data/counter.sqlite-wal")).exists();
            assertThat(folder.resolve("data/keys/development.key")).exists();
            assertOwnersAlone(folder.resolve("data/keys"));
            try (Stream<Path> data = Files.list(folder.resolve("data"))) {
                assertThat(data.filter(Files::isRegularFile).toList())
                        .hasSizeGreaterThanOrEqualTo(4)
                        .allSatisfy(file ->
                                assertThat(permissions(file)).as("%s", file).isEqualTo("rw-------"));
            }
            assertThat(permissions(folder.resolve("data"))).isEqualTo("rwx------");
        }
    }

    @Test
    void openPermissionsOfAnEarlierVersionAreRestrictedAndLogged() throws Exception {
        drop();
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path database = Files.createFile(data.resolve("counter.sqlite"));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
        CapturedLog log = CapturedLog.of(DataDirectoryLock.class);

        RunningHost.start(folder).close();

        assertThat(log.messages()).singleElement().asString().contains("belfry.dataDirectory", data.toString());
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(database)).isEqualTo("rw-------");
    }

    @Test
    void backupsAndRestoredFilesAreOnlyForTheOwner() throws Exception {
        drop();
        RunningHost.start(folder).close();
        Config config = Config.load(List.of(folder.resolve("base.yaml")), Map.of(), folder);
        Backup backup = new Backup(HostSettings.from(config).database(), Set.of());
        Path archive = folder.resolve("backup.zip");
        backup.write(archive);
        Path database = folder.resolve("data/counter.sqlite");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

        backup.restore(archive);

        assertThat(permissions(archive)).isEqualTo("rw-------");
        assertThat(permissions(database)).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("data/counter.sqlite.before-restore")))
                .isEqualTo("rw-------");
    }

    @Test
    void aSharedFolderIsNotChanged() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(OwnerOnlyFiles.restrict(shared)).isFalse();
        assertThat(permissions(shared)).isEqualTo("rwxrwxrwx");
    }
}
