package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
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

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be removed there")
class RemovedFileTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static HttpResponse<String> post(RunningHost host) {
        return host.send("POST", "/api/counter/count", BodyPublishers.noBody());
    }

    @Test
    void aHostWhoseFileWasRemovedIsNotReadyAndAcceptsNothingThatWouldBeLost() throws Exception {
        PluginJar.of(DatabaseOutageTest.CounterPlugin.class, "counter", "1.0.0")
                .file("db/common/V1__counter.sql", "create table counter (n int); insert into counter values (7);")
                .writeTo(RunningHost.dropFolder(folder).resolve("counter.jar"));
        Path databases = Files.createDirectory(folder.resolve("databases"));
        Path file = databases.resolve("counter.sqlite");
        Path away = folder.resolve("away");
        try (RunningHost host = RunningHost.start(
                folder, "backend: { database: { connection: { directory: '" + databases + "' } } }")) {
            await().until(() -> host.get("/readyz").statusCode() == 200);
            assertThat(post(host).statusCode()).isEqualTo(200);

            Files.move(file, away);

            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(host.get("/readyz").body())
                    .contains("counter: database: the file of the database cannot be read or written")
                    .doesNotContain(folder.toString());
            assertThat(host.get("/api/host/plugins/counter").body())
                    .contains("the file " + file + " has been removed or replaced");
            HttpResponse<String> refused = post(host);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("the file of the database cannot be read or written");
            assertThat(host.get("/api/counter/count").body())
                    .as("it can be exported")
                    .isEqualTo("8");

            Files.copy(away, file);
            assertThat(post(host).statusCode()).as("a copy is another file").isEqualTo(503);

            Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(LIMIT).until(() -> post(host).statusCode() == 200);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void writesAloneNoticeIt() throws Exception {
        Path file = folder.resolve("open.sqlite");
        Files.createFile(file);
        OpenFile open = new OpenFile(file);
        open.requireSoon();
        open.opened();
        Files.delete(file);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(catchRefusal(open)).contains("has been removed"));
    }

    private static String catchRefusal(OpenFile open) {
        try {
            open.requireSoon();
            return "";
        } catch (UnusableDatabase refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }
}
