package dev.belfry.host.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.HostSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingGroundTest {

    @TempDir
    Path plugins;

    @Test
    void itTakesThePluginsThatCameWithBelfryAndNoOthers() throws Exception {
        Files.writeString(plugins.resolve("hello-0.1.0.jar"), "");
        Files.writeString(plugins.resolve("notifications-plugin-0.1.0.jar"), "");
        Files.writeString(plugins.resolve("sends-mail-1.0.0.jar"), "");

        try (TrainingGround ground = TrainingGround.with(plugins)) {
            assertThat(folderOf(ground).resolve("plugins"))
                    .isDirectoryNotContaining("glob:**sends-mail*")
                    .isDirectoryContaining("glob:**hello-0.1.0.jar")
                    .isDirectoryContaining("glob:**notifications-plugin-0.1.0.jar");
        }
    }

    @Test
    void nothingOfItStays() throws Exception {
        TrainingGround ground = TrainingGround.with(plugins.resolve("missing"));
        Path folder = folderOf(ground);
        assertThat(folder).exists();

        ground.close();

        assertThat(folder).doesNotExist();
    }

    private static Path folderOf(TrainingGround ground) {
        return HostSettings.from(ground.config()).belfry().dataDirectory().resolveSibling("");
    }
}
