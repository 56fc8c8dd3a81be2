package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host without plugins says so, because a wrong folder looks like a host that works. */
class NoPluginTest {

    private final CapturedLog log = CapturedLog.of("dev.belfry.host.PluginFolder");

    @TempDir
    private Path folder;

    @Test
    void aStartWithAnEmptyFolderIsReported() {
        RunningHost.start(folder).close();

        assertThat(log.messages())
                .containsExactly("the host has no plugin: the folder " + folder.resolve("plugins")
                        + " is empty. Copy plugins into the folder, or set dynamicPlugins.rootDirectory");
    }

    @Test
    void filesThatAreNoPluginsAreNamed() throws IOException {
        Path drop = RunningHost.dropFolder(folder);
        Files.writeString(drop.resolve("notes.txt"), "");
        Files.writeString(drop.resolve("bell.jar.part"), "");
        Files.writeString(drop.resolve("broken.jar"), "not a zip");
        RunningHost.start(folder).close();

        assertThat(log.messages())
                .singleElement()
                .asString()
                .contains(
                        "broken.jar is refused",
                        "bell.jar.part, notes.txt (each is not a plugin, because its name does not end in .jar");
    }

    @Test
    void foldersAreCountedAndOnlySomeAreNamed() throws IOException {
        for (String name : List.of("plugin-a", "plugin-b", "plugin-c", "plugin-d", "plugin-e")) {
            Files.createDirectory(folder.resolve(name));
        }

        assertThat(PluginDiscovery.noPluginWarning(folder))
                .contains(
                        "has no plugin: plugin-a, plugin-b, plugin-c and 2 more (each is a folder, such as an npm package"
                                + " of Backstage, and not a plugin). Copy plugins");
    }

    @Test
    void theRemovalOfTheLastPluginIsReported() {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(drop.resolve("probe.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugins()).hasSize(1);
            assertThat(log.messages()).isEmpty();

            new DropFolder(folder).remove("probe.jar");
            await().atMost(Duration.ofSeconds(20)).until(() -> !log.messages().isEmpty());
        }
        assertThat(log.messages()).singleElement().asString().contains("is empty");
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() {
        assertThat(PluginDiscovery.noPluginWarning(folder.resolve("nowhere")))
                .startsWith("the host has no plugin: the folder " + folder.resolve("nowhere")
                        + " cannot be read: it does not exist. Copy plugins");
    }
}
