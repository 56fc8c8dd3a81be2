package dev.belfry.host.tasks;

import static dev.belfry.host.tasks.Worker.awaitLines;
import static dev.belfry.host.tasks.Worker.create;
import static dev.belfry.host.tasks.Worker.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.HostMain;
import dev.belfry.host.RunningHost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while it handles a payload and runs a job; the next start takes both over. */
@Tag("soak")
class HostKilledDuringTaskTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private String address() {
        return lines(folder, "out").stream()
                .filter(line -> line.startsWith("serving "))
                .map(line -> line.substring("serving ".length()).strip())
                .findFirst()
                .orElse("");
    }

    private void post(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/api/worker/" + path))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatAKilledHostHasAcceptedIsHandled() throws Exception {
        Worker.jar("1.0.0").writeTo(RunningHost.dropFolder(folder).resolve("worker.jar"));
        Process process = HostMain.start(folder, Worker.config(folder));
        await().atMost(LIMIT).until(() -> !address().isEmpty());
        post("put/WAITING/slow");
        awaitLines(folder, "begun", List.of("slow"));
        process.destroyForcibly().waitFor();
        create(folder, "go");
        Files.deleteIfExists(folder.resolve("running"));
        int beats = lines(folder, "beats").size();

        try (RunningHost host = RunningHost.start(folder, Worker.config(folder))) {
            await().atMost(LIMIT).until(() -> lines(folder, "done"), List.of("1.0.0 slow")::equals);
            await().atMost(LIMIT).until(() -> lines(folder, "beats").size() > beats + 1);
            assertThat(lines(folder, "beats")).doesNotContain("two at a time");
        }
    }
}
