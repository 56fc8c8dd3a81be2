package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.HostMain;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process is killed at various steps of a plugin's lifecycle; the next start recovers. */
@Tag("soak")
class CrashTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int HALTED = 137;

    /** Kills the process at the step for which a file exists. */
    public static final class HaltingPlugin implements Plugin {
        private Path folder = Path.of("");

        /** The section {@code bell}. */
        public record Config(Path folder) {}

        @Override
        public void start(PluginContext context) {
            folder = context.config(Config.class).folder();
            haltAt("checked");
            context.database().migrate("db");
            haltAt("started");
            context.healthCheck("self", () -> haltAt("asked"));
            context.routes(routes ->
                    routes.get("/version", Access.PUBLIC, (request, caller) -> request.result(context.version())));
        }

        @Override
        public void stop() {
            haltAt("drained");
        }

        private void haltAt(String step) {
            if (Files.exists(folder.resolve("halt-" + step))) {
                Runtime.getRuntime().halt(HALTED);
            }
        }
    }

    @TempDir
    private Path folder;

    private Path drop(String version) throws IOException {
        Path jar = PluginJar.of(HaltingPlugin.class, "bell", version)
                .file("db/common/V1__bells.sql", "create table bells (name text)")
                .writeTo(folder.resolve("bell-" + version + ".jar"));
        Path dropped = RunningHost.dropFolder(folder).resolve("bell.jar");
        return Files.move(jar, dropped, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String config(Path folder) {
        return "bell: { folder: " + folder + " }";
    }

    private Process startElsewhere() throws IOException {
        return HostMain.start(folder, config(folder));
    }

    private boolean says(String text) throws IOException {
        return Files.readString(folder.resolve("out")).contains(text);
    }

    private void assertInOrder(String version) throws IOException {
        try (RunningHost host = RunningHost.start(folder, config(folder));
                Stream<Path> copies = Files.list(folder.resolve("data/plugins"))) {
            assertThat(host.plugins()).singleElement().satisfies(plugin -> {
                assertThat(plugin.state()).isEqualTo(State.RUNNING);
                assertThat(plugin.version()).isEqualTo(version);
                assertThat(plugin.reason()).isEmpty();
            });
            assertThat(host.get("/api/bell/version").body()).isEqualTo(version);
            assertThat(copies.toList()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checked", "started", "asked"})
    void killedWhileItStarts(String step) throws Exception {
        drop("1.0.0");
        Path halt = Files.createFile(folder.resolve("halt-" + step));
        Process process = startElsewhere();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(HALTED);

        Files.delete(halt);
        assertInOrder("1.0.0");
    }

    @Test
    void killedWhileItServes() throws Exception {
        drop("1.0.0");
        Process process = startElsewhere();
        await().atMost(LIMIT).until(() -> says("serving"));
        process.destroyForcibly().waitFor();

        assertInOrder("1.0.0");
    }

    @Test
    void killedWhileAPluginIsReplaced() throws Exception {
        drop("1.0.0");
        Process process = startElsewhere();
        await().atMost(LIMIT).until(() -> says("serving"));
        Path halt = Files.createFile(folder.resolve("halt-drained"));
        drop("2.0.0");
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(HALTED);

        Files.delete(halt);
        assertInOrder("2.0.0");
    }

    /** The files that a process leaves when it is killed while it copies a JAR, or before it cleans up. */
    @Test
    void killedWhileAJarIsCopied() throws Exception {
        drop("1.0.0");
        Path copies = Files.createDirectories(folder.resolve("data/plugins"));
        Files.writeString(copies.resolve("take123.part"), "half a copy");
        Files.writeString(copies.resolve("0".repeat(128) + ".jar"), "a copy of something that has gone");
        Files.writeString(folder.resolve("plugins/.bell.jar"), "half a drop");

        assertInOrder("1.0.0");
        try (Stream<Path> left = Files.list(copies)) {
            assertThat(left.toList()).isEmpty();
        }
    }

    @Test
    void twoHostsShareAPluginFolder(@TempDir Path other) throws Exception {
        drop("1.0.0");
        String shared = "dynamicPlugins: { rootDirectory: " + folder.resolve("plugins") + " }";
        try (RunningHost one = RunningHost.start(folder, config(folder));
                RunningHost two = RunningHost.start(other, config(other), shared)) {
            for (RunningHost host : List.of(one, two)) {
                assertThat(host.get("/api/bell/version").body()).isEqualTo("1.0.0");
            }
            drop("2.0.0");
            for (RunningHost host : List.of(one, two)) {
                await().atMost(LIMIT)
                        .until(() -> host.get("/api/bell/version").body().equals("2.0.0"));
            }
            Files.delete(folder.resolve("plugins/bell.jar"));
            for (RunningHost host : List.of(one, two)) {
                await().atMost(LIMIT).until(() -> host.get("/api/bell/version").statusCode() == 404);
            }
        }
    }
}
