package dev.belfry.host.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.settings.HostSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotTrainingFolderTest {

    @TempDir
    Path plugins;

    @Test
    void onlyPluginsOfBelfryAreCopied() throws Exception {
        Files.writeString(plugins.resolve("hello-0.1.0.jar"), "");
        Files.writeString(plugins.resolve("notifications-plugin-0.1.0.jar"), "");
        Files.writeString(plugins.resolve("sends-mail-1.0.0.jar"), "");

        try (AotTrainingFolder training = AotTrainingFolder.with(plugins)) {
            assertThat(folderOf(training).resolve("plugins"))
                    .isDirectoryNotContaining("glob:**sends-mail*")
                    .isDirectoryContaining("glob:**hello-0.1.0.jar")
                    .isDirectoryContaining("glob:**notifications-plugin-0.1.0.jar");
        }
    }

    @Test
    void theFolderIsDeleted() throws Exception {
        AotTrainingFolder training = AotTrainingFolder.with(plugins.resolve("missing"));
        Path folder = folderOf(training);
        assertThat(folder).exists();

        training.close();

        assertThat(folder).doesNotExist();
    }

    private static Path folderOf(AotTrainingFolder training) {
        return HostSettings.from(training.config()).belfry().dataDirectory().resolveSibling("");
    }
}
