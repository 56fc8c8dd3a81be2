package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes or replaces the file of a database that a host has open. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be deleted there")
class SqliteFileGoneTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static HttpResponse<String> post(RunningHost host) {
        return host.send("POST", "/api/counter/count", BodyPublishers.noBody());
    }

    @Test
    void nothingIsAcceptedThatWouldBeLost() throws IOException {
        PluginJar.of(DatabaseOutageTest.CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (0);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        Path file = folder.resolve("data/counter.sqlite");
        Path away = folder.resolve("away");
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(post(host).statusCode()).isEqualTo(200);

            Files.move(file, away);
            await().atMost(LIMIT).until(() -> post(host).statusCode() == 503);
            assertThat(post(host).body()).contains("the file of the database cannot be read or written");
            assertThat(host.get("/api/counter/count").statusCode()).isEqualTo(503);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(host.get("/readyz").body())
                    .contains(
                            "the file '" + file + "' has been deleted, moved or replaced while the host runs: stop the"
                                    + " host, put the file back or restore a backup, and start the host");

            Files.copy(away, file);
            assertThat(post(host).statusCode()).as("a copy is another file").isEqualTo(503);

            Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(LIMIT).until(() -> post(host).statusCode() == 200);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
    }
}
