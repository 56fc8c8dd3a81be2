package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LiveConfigTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A section. */
    record Bell(String tone) {}

    @TempDir
    private Path folder;

    private void write(String tone) throws IOException {
        Files.writeString(folder.resolve("app-config.yaml"), "bell: { tone: " + tone + " }\n");
    }

    private LiveConfig read() throws IOException {
        write("low");
        return new LiveConfig(Config.load(List.of(Path.of("app-config.yaml")), Map.of(), folder), config -> {});
    }

    @Test
    void aListenerThatComesWhileTheFilesAreReadGetsTheChange() throws Exception {
        LiveConfig config = read();
        Queue<String> late = new ConcurrentLinkedQueue<>();
        Thread lateListener = new Thread(() -> config.listen("bell", Bell.class, bell -> late.add(bell.tone())));
        config.require("bell", next -> {
            lateListener.start();
            await().until(() -> !late.isEmpty() || lateListener.getState() == Thread.State.BLOCKED);
        });
        write("high");

        config.readAgain();

        lateListener.join();
        await().atMost(LIMIT).until(() -> late.contains("high"));
    }

    @Test
    void aFaultThatIsRepairedToTheConfigurationInUseIsLogged() throws Exception {
        LiveConfig config = read();
        CapturedLog log = CapturedLog.ofInfo(LiveConfig.class.getName());
        Files.writeString(folder.resolve("app-config.yaml"), "bell: { tone: low");
        config.readChanged();
        write("low");
        config.readChanged();
        config.readChanged();

        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().getFirst()).startsWith("the changed configuration is not used");
        assertThat(log.messages().getLast()).isEqualTo("the configuration is valid again; nothing has changed");
    }

    @Test
    void aChangeWaitsForTheFirstCall() throws Exception {
        LiveConfig config = read();
        Queue<String> calls = new ConcurrentLinkedQueue<>();
        write("high");

        config.listen("bell", Bell.class, bell -> {
            if (calls.isEmpty()) {
                config.readAgain();
            }
            calls.add(bell.tone());
        });

        await().atMost(LIMIT).until(() -> calls.size() == 2);
        assertThat(calls).containsExactly("low", "high");
    }
}
