package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarStoreTest {

    @TempDir
    private Path folder;

    /** The paths that the JVM synced to disk. */
    private static List<String> syncedBy(Recording recording, Path dump) throws IOException {
        recording.stop();
        recording.dump(dump);
        return RecordingFile.readAllEvents(dump).stream()
                .map(event -> event.getString("path"))
                .toList();
    }

    @Test
    void aNewCopyIsSyncedToDiskTogetherWithItsFolder() throws IOException {
        Path store = folder.resolve("store");
        JarStore jars = new JarStore(store);
        Path part = jars.newPart();
        Files.writeString(part, "content");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();

            Path copy = jars.keep(part);

            assertThat(copy).hasContent("content");
            assertThat(syncedBy(recording, folder.resolve("dump.jfr")))
                    .containsSubsequence(part.toString(), store.toString());
        }
    }
}
