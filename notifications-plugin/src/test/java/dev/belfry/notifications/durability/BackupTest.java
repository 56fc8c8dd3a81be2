package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.cli.BelfryCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is made while many clients send, and restored after further messages. */
@Tag("soak")
class BackupTest {

    private static final String SQLITE = "{ client: better-sqlite3, connection: { directory: data } }";
    private static final int CLIENTS = 32;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aBackupContainsAllAcknowledgedMessages() throws Exception {
        Set<String> before;
        try (HostProcess host = HostProcess.start(folder, SQLITE);
                Senders senders = new Senders(CLIENTS, host::notifications)) {
            await().atMost(LIMIT).until(() -> senders.acknowledged() > 10 * CLIENTS);
            before = senders.acknowledgedTitles();

            assertThat(command("backup")).isZero();

            int then = senders.acknowledged();
            await().atMost(LIMIT).until(() -> senders.acknowledged() > then + CLIENTS);
            assertThat(command("restore")).as("while the host runs").isEqualTo(1);
            senders.finish();
            senders.assertNothingLost();
            assertThat(senders.refusals()).isEmpty();
        }
        assertThat(command("restore")).isZero();
        try (HostProcess host = HostProcess.start(folder, SQLITE);
                Senders none = new Senders(0, host::notifications)) {
            Set<String> restored = none.storedTitles();
            assertThat(restored).containsAll(before);
            none.assertNothingLost();
            System.out.printf(
                    "restored from a backup under load: %d messages acknowledged, all there, of %d%n",
                    before.size(), restored.size());
        }
    }

    private int command(String name) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BelfryCommand.class.getName(),
                        name,
                        folder.resolve("backup.zip").toString(),
                        "--config",
                        folder.resolve("config.yaml").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out-" + name).toFile())
                .start()
                .waitFor();
    }
}
