package dev.belfry.host.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.threads.HostThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class FolderWatchTest {

    /** The time of several polls. */
    private static final Duration A_WHILE = Duration.ofMillis(400);

    @TempDir
    Path folder;

    private final HostThreads threads = new HostThreads();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CapturedLog log = CapturedLog.of(ReadFailure.class);
    private Path drop;
    private FolderWatch watch;

    @BeforeEach
    void start() throws IOException {
        ((Logger) LoggerFactory.getLogger(ReadFailure.class)).setLevel(Level.INFO);
        drop = Files.createDirectory(folder.resolve("drop"));
        Files.writeString(drop.resolve("one.jar"), "1");
        watch = watch(drop);
    }

    private FolderWatch watch(Path path) {
        FolderWatch made = new FolderWatch(
                path,
                file -> file.toString().endsWith(".jar"),
                new FolderWatch.Listener() {
                    @Override
                    public boolean settled(Path file) {
                        told.add("settled " + file.getFileName());
                        if (file.getFileName().toString().startsWith("error")) {
                            throw new StackOverflowError("on purpose");
                        }
                        return !file.getFileName().toString().startsWith("later") || told.size() > 1;
                    }

                    @Override
                    public void gone(Path file) {
                        told.add("gone " + file.getFileName());
                    }
                },
                threads);
        made.start();
        return made;
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void awaitObstacle(String text) {
        await().untilAsserted(() ->
                assertThat(watch.obstacles()).singleElement().asString().contains(text));
    }

    private void assertNothingIsTold() {
        await().during(A_WHILE).untilAsserted(() -> assertThat(told).isEmpty());
    }

    @Test
    void aMissingFolderDoesNotCountAsEmpty() throws IOException {
        Path aside = Files.move(drop, folder.resolve("aside"));
        awaitObstacle("the plugin folder 'drop' cannot be read: it does not exist");
        assertNothingIsTold();
        assertThat(log.messages())
                .filteredOn(line -> line.contains("'drop' cannot be read"))
                .hasSize(1);

        Files.writeString(aside.resolve("two.jar"), "2");
        Files.delete(aside.resolve("one.jar"));
        Files.move(aside, drop);
        await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("settled two.jar", "gone one.jar"));
        assertThat(watch.obstacles()).isEmpty();
        assertThat(log.messages()).anyMatch(line -> line.contains("'drop' can be read again"));
    }

    @Test
    void aFileInPlaceOfTheFolderDoesNotCountAsEmpty() throws IOException {
        Files.move(drop, folder.resolve("aside"));
        Files.writeString(drop, "a file");

        awaitObstacle("the plugin folder 'drop' cannot be read: it is not a folder");
        assertNothingIsTold();
    }

    @Test
    void anEmptyFolderOnAnotherFileSystemDoesNotCountAsEmpty() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isDirectory(memory)
                && !Files.getAttribute(memory, "unix:dev").equals(Files.getAttribute(folder, "unix:dev")));
        Path empty = Files.createTempDirectory(memory, "belfry");
        try {
            watch.close();
            Path link = Files.createSymbolicLink(folder.resolve("mount"), drop);
            watch = watch(link);
            Path swap = Files.createSymbolicLink(folder.resolve("swap"), empty);
            Files.move(swap, link, StandardCopyOption.ATOMIC_MOVE);

            awaitObstacle("on another file system than before: is a mount missing?");
            assertNothingIsTold();
        } finally {
            Files.delete(empty);
        }
    }

    @Test
    void aFolderThatNeverExistedCountsAsEmpty() throws IOException {
        watch.close();
        watch = watch(folder.resolve("later"));
        assertNothingIsTold();
        assertThat(watch.obstacles()).isEmpty();

        Path later = Files.createDirectory(folder.resolve("later"));
        Files.writeString(later.resolve("two.jar"), "2");
        await().untilAsserted(() -> assertThat(told).containsExactly("settled two.jar"));
    }

    @Test
    void aBrokenLinkDoesNotCountAsRemoved() throws IOException {
        watch.close();
        Path target = Files.writeString(folder.resolve("target"), "x");
        Files.createSymbolicLink(drop.resolve("linked.jar"), target);
        watch = watch(drop);
        Path aside = Files.move(target, folder.resolve("aside"));
        awaitObstacle("the plugin file 'linked.jar' cannot be read: it is a link to a file that does not exist");
        assertNothingIsTold();

        Files.move(aside, target);
        await().untilAsserted(() -> assertThat(watch.obstacles()).isEmpty());
        Files.delete(drop.resolve("linked.jar"));
        await().untilAsserted(() -> assertThat(told).containsExactly("gone linked.jar"));
    }

    @Test
    void anUnreadableFileIsReportedAgain() throws IOException {
        Files.writeString(drop.resolve("later.jar"), "x");

        await().untilAsserted(() -> assertThat(told).containsExactly("settled later.jar", "settled later.jar"));
    }

    @Test
    void aListenerThatOverflowsTheStackReceivesTheNextChange() throws IOException {
        Files.writeString(drop.resolve("error.jar"), "x");
        await().untilAsserted(() -> assertThat(told).containsExactly("settled error.jar"));
        Files.writeString(drop.resolve("two.jar"), "2");

        await().untilAsserted(() -> assertThat(told).containsExactly("settled error.jar", "settled two.jar"));
        assertThat(threads.obstacles()).isEmpty();
    }
}
