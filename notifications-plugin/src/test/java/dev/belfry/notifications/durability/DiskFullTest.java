package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the SQLite database is full for a while. The host has its own small file system. */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class DiskFullTest {

    private static final int CLIENTS = 8;
    private static final int BLOCK = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void writesSucceedAgainAsSoonAsThereIsSpace() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        String mount = "mount -t tmpfs -o size=24m tmpfs " + data + " && exec \"$@\"";
        try (HostProcess host = HostProcess.start(
                        folder,
                        "{ client: better-sqlite3, connection: { directory: data } }",
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        mount,
                        "sh");
                Senders senders = new Senders(CLIENTS, host::notifications)) {
            Path filler = host.seenByHost(data).resolve("filler");
            for (int i = 0; i < 3; i++) {
                int before = senders.acknowledged();
                await().atMost(LIMIT).until(() -> senders.acknowledged() > before + 5 * CLIENTS);
                int refused = senders.refusals().size();
                await().atMost(LIMIT).until(() -> {
                    fill(filler);
                    return senders.refusals().size() > refused + CLIENTS;
                });
                assertThat(senders.isServed()).isTrue();
                Files.delete(filler);
            }
            int before = senders.acknowledged();
            await().atMost(LIMIT).until(() -> senders.acknowledged() > before + 5 * CLIENTS);
            senders.finish();

            senders.assertNothingLost();
            assertThat(senders.refusals()).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(503);
                assertThat(answer.body()).contains("the disk of the database is full");
            });
            System.out.printf(
                    "disk full 3 times: %d messages acknowledged, all there; %d answered 503%n",
                    senders.acknowledged(), senders.refusals().size());
        }
    }

    /** Fills the disk. */
    private static void fill(Path filler) {
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] block = new byte[BLOCK];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
