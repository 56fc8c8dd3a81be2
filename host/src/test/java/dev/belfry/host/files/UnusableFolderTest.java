package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.RunningHost;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in which the host cannot write are described without the names of exceptions. */
class UnusableFolderTest {

    @TempDir
    private Path folder;

    @Test
    void aDeniedAccessNamesTheUserAndTheFolderThatExists() {
        Path missing = folder.resolve("data/keys");

        assertThat(UnusableFolder.reason(missing, new AccessDeniedException(missing.toString())))
                .isEqualTo("the user '" + System.getProperty("user.name") + "' may not write to " + folder);
    }

    @Test
    void aFolderOfTheKernelIsNamed() {
        Path missing = folder.resolve("data");

        assertThat(UnusableFolder.reason(missing, new NoSuchFileException(missing.toString())))
                .isEqualTo("nothing can be created in " + folder);
    }

    @Test
    void aReadOnlyFileSystemIsNamed() {
        assertThat(UnusableFolder.reason(
                        folder, new FileSystemException(folder.toString(), null, "Read-only file system")))
                .isEqualTo(folder + ": Read-only file system");
    }

    @Test
    void aStartWithADataDirectoryThatIsAFileSaysWhichKeyToSet() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> RunningHost.start(folder, "belfry: { dataDirectory: '" + file + "' }"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("belfry.dataDirectory: ")
                .hasMessageContaining(file + " is a file, not a folder")
                .hasMessageContaining(
                        "Set belfry.dataDirectory, or the environment variable APP_CONFIG_belfry_dataDirectory")
                .hasMessageNotContaining("Exception");
    }
}
