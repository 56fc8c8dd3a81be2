package dev.belfry.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.ConfigFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths that turn out to be unusable when the host uses them are reported with file and line. */
class UnusablePathsTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void file() throws Exception {
        file = Files.writeString(folder.resolve("file"), "");
    }

    @Test
    void theDataDirectory() {
        assertThatThrownBy(() -> RunningHost.start(folder, "belfry: { dataDirectory: file/data }"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(folder.resolve("more.yaml") + ":1: belfry.dataDirectory: ")
                .hasMessageContaining(file + " is a file, not a folder");
    }

    @Test
    void theLogFile() {
        ConfigFolder config = new ConfigFolder(folder).file("app.yaml", "\nlog: { file: { path: file/belfry.log } }");

        assertThatThrownBy(() -> LiveSettings.check(config.load("app.yaml")))
                .hasMessage("app.yaml:2: log.file.path: " + file.resolve("belfry.log") + " cannot be written: " + file
                        + " is a file, not a folder");
    }
}
