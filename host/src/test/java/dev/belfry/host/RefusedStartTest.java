package dev.belfry.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.LiveConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedStartTest {

    /** Three times what the host needs to notice a change. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @Test
    void aHostThatDoesNotStartFollowsItsFilesNoLonger() throws Exception {
        assertThatThrownBy(() -> RunningHost.start(
                        folder, "permission: { enabled: true, rbac: { policies-csv-file: nowhere.csv } }"))
                .isInstanceOf(ConfigurationException.class)
                .extracting(refused -> ((ConfigurationException) refused).faults())
                .isEqualTo(List.of(folder.resolve("more.yaml")
                        + ":1: permission.rbac.policies-csv-file: 'nowhere.csv' does not exist; looked for "
                        + folder.resolve("nowhere.csv") + ", " + folder.resolve("packages/backend/nowhere.csv")));
        CapturedLog log = CapturedLog.of(LiveConfig.class);

        Files.writeString(folder.resolve("more.yaml"), "belfry: { no: key }");

        await().during(LONG_ENOUGH)
                .atMost(LONG_ENOUGH.multipliedBy(2))
                .until(() -> log.messages().isEmpty());
    }
}
