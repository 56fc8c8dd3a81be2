package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the SQLite database is read-only when the host starts. */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class ReadOnlyFileTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private HostProcess start(Path databases, String mount) throws Exception {
        return HostProcess.start(
                folder,
                "{ client: better-sqlite3, connection: { directory: databases } }",
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount --bind " + databases + " " + databases + " && " + mount + " && exec \"$@\"",
                "sh");
    }

    @Test
    void theHostReportsTheFailureAndRecovers() throws Exception {
        Path databases = Files.createDirectories(folder.resolve("databases"));
        try (HostProcess host = start(databases, "true");
                Senders senders = new Senders(1, host::notifications)) {
            await().atMost(LIMIT).until(() -> senders.acknowledged() > 0);
            senders.finish();
        }
        try (HostProcess host = start(databases, "mount -o remount,bind,ro " + databases);
                Senders senders = new Senders(2, host::notifications)) {
            await().atMost(LIMIT).until(() -> senders.refusals().size() > 2);
            assertThat(senders.acknowledged()).isZero();
            assertThat(senders.refusals()).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });

            host.runBeside("mount", "-o", "remount,bind,rw", databases.toString());

            await().atMost(LIMIT).until(() -> senders.acknowledged() > 2);
            senders.finish();
            assertThat(host.output())
                    .contains(
                            "notifications.sqlite' cannot be written: give the host's user the right to write the file");
            System.out.printf(
                    "file only to be read for a while: %d messages acknowledged, all there%n", senders.acknowledged());
        }
    }
}
