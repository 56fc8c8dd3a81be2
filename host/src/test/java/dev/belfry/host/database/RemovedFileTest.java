package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovedFileTest {

    @TempDir
    private Path folder;

    @Test
    void aHostWhoseFileWasRemovedIsNotReady() throws Exception {
        PluginJar.of(DatabaseOutageTest.CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (7);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        Path databases = Files.createDirectory(folder.resolve("databases"));
        try (RunningHost host = RunningHost.start(
                folder, "backend: { database: { connection: { directory: '" + databases + "' } } }")) {
            await().until(() -> host.get("/readyz").statusCode() == 200);

            Files.delete(databases.resolve("counter.sqlite"));

            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(host.get("/readyz").body())
                    .contains(
                            "counter: database: the file " + databases.resolve("counter.sqlite") + " has been removed");
        }
    }
}
