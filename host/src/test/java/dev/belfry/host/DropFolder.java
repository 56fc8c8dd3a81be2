package dev.belfry.host;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The plugin folder of a running host. */
public final class DropFolder {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path folder;

    /** @param folder where the test's host was started */
    public DropFolder(Path folder) {
        this.folder = RunningHost.dropFolder(folder);
    }

    /** The file appears at once, as with {@code mv}. */
    public void drop(PluginJar jar, String name) {
        try {
            Path aside = jar.writeTo(folder.resolve("." + name));
            Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Repeats a request until the host responds with this. */
    public static void awaitAnswer(RunningHost host, String path, String body) {
        await(path + " answers " + body)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> host.get(path).body(), body::equals);
    }
}
