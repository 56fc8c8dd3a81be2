package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stops of a host in its own process. */
@Tag("soak")
@DisabledOnOs(OS.WINDOWS)
class HostShutdownTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Its stop never ends and ignores interrupts. */
    public static final class HangingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {}

        @Override
        @SuppressWarnings("InfiniteLoopStatement")
        public void stop() {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    // On purpose.
                }
            }
        }
    }

    /** Prints nothing. */
    public static final class SilentPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {}
    }

    /** Reports that it was stopped. */
    public static final class TellingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {}

        @Override
        public void stop() {
            System.out.println("the last word");
        }
    }

    @TempDir
    private Path folder;

    private Process start(String stopTimeout, String... sections) throws IOException {
        Path base = Files.writeString(folder.resolve("base.yaml"), RunningHost.CONFIG);
        Path more = Files.writeString(
                folder.resolve("more.yaml"),
                "belfry: { drainTimeout: PT0.5S, startTimeout: PT60S" + stopTimeout + " }\n"
                        + String.join("\n", sections));
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
        Process process = StartProcess.of(folder, List.of(base, more)).start();
        await().atMost(LIMIT).until(() -> output().contains("serving"));
        return process;
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    @Test
    void sigtermStopsTheHostWithExitCode0() throws Exception {
        PluginJar.of(TellingPlugin.class, "telling", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("telling.jar"));
        Process process = start("");
        process.destroy();

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(output()).contains("stopping", "the last word", "stopped").doesNotContain("ERROR", "WARN");
    }

    @Test
    void everyLineOfAProcessWithJsonIsAnObject() throws Exception {
        PluginJar.of(SilentPlugin.class, "silent", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("silent.jar"));
        Process process = start("", "log: { format: json }");
        process.destroy();

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        List<String> messages = new ArrayList<>();
        for (String line : output().lines().toList()) {
            messages.add(new ObjectMapper().readTree(line).get("message").asText());
        }
        assertThat(messages)
                .contains("stopping", "stopped")
                .anyMatch(line -> line.startsWith("serving http://"))
                .anyMatch(line -> line.startsWith("plugin silent 1.0.0"));
        assertThat(output().lines().filter(line -> line.contains("is running")))
                .allMatch(line -> line.contains("\"labels.plugin\":\"silent\""));
    }

    /** Of this process and its children: {@code nohup} starts programs so, and a host respects it. */
    private static boolean isHangupIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
    }

    @Test
    void sighupReadsTheConfigurationAgain() throws Exception {
        assumeThat(isHangupIgnored())
                .as("the tests run under nohup, which ignores SIGHUP")
                .isFalse();
        Process process = start("", "log: { levels: { root: info } }");
        Files.writeString(
                folder.resolve("base.yaml"), RunningHost.CONFIG.replace("accessLog: false", "accessLog: true"));
        // The watch notices the change as well; the signal is answered in any case.
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
        await().atMost(LIMIT).until(() -> output().contains("told to read the configuration again"));
        await().atMost(LIMIT).until(() -> output().contains("the configuration has changed"));
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
        await().atMost(LIMIT).until(() -> output().contains("the configuration has not changed"));
        process.destroy();

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aHangingPluginOrAPipeInThePluginFolderDoesNotPreventTheStop() throws Exception {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(HangingPlugin.class, "hanging", "1.0.0").writeTo(drop.resolve("hanging.jar"));
        PluginJar.of(TellingPlugin.class, "telling", "1.0.0").writeTo(drop.resolve("telling.jar"));
        Process process = start(", stopTimeout: PT6S");
        new ProcessBuilder("mkfifo", drop.resolve("pipe.jar").toString())
                .start()
                .waitFor();
        await().atMost(LIMIT).until(() -> output().contains("pipe.jar is not loaded"));
        long told = System.nanoTime();
        process.destroy();

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(8));
        assertThat(output()).contains("hanging#1: stopping the plugin failed", "the last word", "stopped");
        assertThat(process.exitValue()).isZero();
    }
}
