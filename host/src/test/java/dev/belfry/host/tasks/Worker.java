package dev.belfry.host.tasks;

import static org.awaitility.Awaitility.await;

import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The worker plugin as a test sees it. */
final class Worker {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private Worker() {}

    static PluginJar jar(String version) {
        return PluginJar.of(WorkerPlugin.class, "worker", version)
                .file("db/common/V1__note.sql", "create table note (text varchar(100));");
    }

    static String config(Path shared) {
        return "worker: { folder: " + shared + " }\nbelfry: { startTimeout: PT1M }";
    }

    static String post(RunningHost host, String path) {
        var response = host.send("POST", "/api/worker/" + path, BodyPublishers.noBody());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    static String state(RunningHost host) {
        return host.get("/api/worker/state").body();
    }

    static List<String> lines(Path shared, String file) {
        try {
            Path path = shared.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitLines(Path shared, String file, List<String> lines) {
        await(file + " contains " + lines).atMost(LIMIT).until(() -> lines(shared, file), lines::equals);
    }

    static void create(Path shared, String file) {
        try {
            Files.createFile(shared.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
