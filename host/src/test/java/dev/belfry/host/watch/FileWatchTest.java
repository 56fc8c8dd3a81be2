package dev.belfry.host.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.threads.HostThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    @TempDir
    Path folder;

    private final FileWatch watch = new FileWatch(new HostThreads(), Duration.ofMillis(10));
    /** The file's content at each call. */
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("watched.txt");
        Files.writeString(file, "first");
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void watch(Path path) {
        watch.watch(path, () -> {
            try {
                seen.add(Files.exists(path) ? Files.readString(path) : "(gone)");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private void awaitLast(String content) {
        await().untilAsserted(() -> assertThat(seen).last().isEqualTo(content));
    }

    @Test
    void anOverwrittenFileIsReported() throws Exception {
        watch(file);
        Files.writeString(file, "second");

        awaitLast("second");
    }

    @Test
    void aFileReplacedByAnEditorIsReported() throws Exception {
        watch(file);
        Path part = Files.writeString(folder.resolve("part"), "other");
        Files.setLastModifiedTime(part, Files.getLastModifiedTime(file));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);

        awaitLast("other");
    }

    @Test
    void aDeletedAndRecreatedFileIsReportedEachTime() throws Exception {
        watch(file);
        Files.delete(file);
        awaitLast("(gone)");
        Files.writeString(file, "back");

        awaitLast("back");
    }

    @Test
    void aMissingFileMayBeWatched() throws Exception {
        Path later = folder.resolve("later.txt");
        watch(later);
        Files.writeString(later, "here");

        awaitLast("here");
    }

    /** Like Kubernetes config maps: the file is a link into a folder that is itself a link, which is swapped. */
    @Test
    void aSwappedLinkIsReported() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        Files.writeString(one.resolve("policy"), "old");
        Files.writeString(two.resolve("policy"), "new");
        Path data = Files.createSymbolicLink(folder.resolve("data"), one);
        Path mounted = Files.createSymbolicLink(folder.resolve("policy"), data.resolve("policy"));
        watch(mounted);

        Path swap = Files.createSymbolicLink(folder.resolve("swap"), two);
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);

        awaitLast("new");
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNotReported() throws Exception {
        WatchedFile watched = new WatchedFile(file, () -> seen.add("told"));
        for (int i = 0; i < 3; i++) {
            Files.writeString(file, "x", StandardOpenOption.APPEND);
            watched.look();
        }
        assertThat(seen).isEmpty();

        watched.look();
        assertThat(seen).containsExactly("told");
    }

    @Test
    void anUnchangedFileIsNotReported() {
        WatchedFile watched = new WatchedFile(file, () -> seen.add("told"));
        for (int i = 0; i < 3; i++) {
            watched.look();
        }

        assertThat(seen).isEmpty();
    }

    @Test
    void aFailingListenerReceivesTheNextChange() throws Exception {
        WatchedFile watched = new WatchedFile(file, () -> {
            seen.add("told");
            throw new IllegalStateException("on purpose");
        });
        for (String content : List.of("second", "third one")) {
            Files.writeString(file, content);
            watched.look();
            watched.look();
        }

        assertThat(seen).hasSize(2);
    }
}
