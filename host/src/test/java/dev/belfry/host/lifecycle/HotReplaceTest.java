package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JARs are added, replaced and removed while the host runs. */
class HotReplaceTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Returns its version. */
    public static final class VersionPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.get("/version", Access.PUBLIC, (request, caller) -> request.result(context.version()));
                routes.get("/slow", Access.PUBLIC, (request, caller) -> {
                    Files.createFile(Path.of(request.queryParam("inside")));
                    Thread.sleep(700);
                    request.result(context.version());
                });
            });
        }
    }

    /** Fails to start. */
    public static final class BrokenPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new IllegalStateException("not today");
        }
    }

    @TempDir
    private Path folder;

    private Path drop;
    private Path elsewhere;
    private RunningHost host;

    @BeforeEach
    void start() throws IOException {
        drop = RunningHost.dropFolder(folder);
        elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        host = RunningHost.start(folder);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Path jar(String id, String version) {
        return PluginJar.of(VersionPlugin.class, id, version).writeTo(elsewhere.resolve(id + "-" + version + ".jar"));
    }

    /** Like {@code cp}: the file exists while it grows. */
    private void copy(Path jar, String name) throws IOException {
        Files.copy(jar, drop.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Like {@code mv}. */
    private void move(Path jar, String name) throws IOException {
        Path aside = Files.copy(jar, drop.resolve("." + name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(aside, drop.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitVersion(String version) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> host.get("/api/bell/version"),
                        answer -> answer.statusCode() == 200 && answer.body().equals(version));
    }

    private List<State> states(String id) {
        return host.plugins().stream()
                .filter(status -> status.id().equals(id))
                .map(PluginStatus::state)
                .toList();
    }

    @Test
    void aDroppedJarIsServedAndARemovedOneIsNot() throws IOException {
        assertThat(host.get("/api/bell/version").statusCode()).isEqualTo(404);
        copy(jar("bell", "1.0.0"), "bell.jar");
        awaitVersion("1.0.0");

        Files.delete(drop.resolve("bell.jar"));
        await().atMost(LIMIT).until(() -> host.get("/api/bell/version").statusCode() == 404);
        assertThat(host.plugins()).isEmpty();
        await().atMost(LIMIT).until(() -> copies().isEmpty());
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data/plugins"))) {
            return files.toList();
        }
    }

    @Test
    void anOverwrittenJarReplacesThePluginWhetherNewerOrOlder() throws IOException {
        copy(jar("bell", "1.0.0"), "bell.jar");
        awaitVersion("1.0.0");
        copy(jar("bell", "2.0.0"), "bell.jar");
        awaitVersion("2.0.0");
        move(jar("bell", "1.5.0"), "bell.jar");
        awaitVersion("1.5.0");

        assertThat(states("bell")).containsExactly(State.RUNNING);
    }

    @Test
    void aRequestInFlightCompletesOnTheOldVersion() throws Exception {
        copy(jar("bell", "1.0.0"), "bell.jar");
        awaitVersion("1.0.0");
        Queue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();
        Path inside = folder.resolve("inside");
        Thread slow = Thread.ofVirtual().start(() -> answers.add(host.get("/api/bell/slow?inside=" + inside)));
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(inside));
        copy(jar("bell", "2.0.0"), "bell.jar");
        awaitVersion("2.0.0");
        slow.join();

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("1.0.0");
        });
    }

    @Test
    void theHighestVersionOfAnIdRunsAndTheOtherIsItsFallback() throws IOException {
        CapturedLog log = CapturedLog.of(StatusBoard.class);
        copy(jar("bell", "2.0.0"), "b.jar");
        awaitVersion("2.0.0");
        copy(jar("bell", "10.0.0"), "a.jar");
        awaitVersion("10.0.0");
        // The new version serves a moment before the status of the other one follows.
        await().atMost(LIMIT).until(() -> Set.copyOf(states("bell")).equals(Set.of(State.RUNNING, State.SHADOWED)));
        await().atMost(LIMIT)
                .until(() -> log.messages()
                        .equals(List.of(
                                "plugin bell 2.0.0 (b.jar) does not run: the id 'bell' is taken by the file a.jar of"
                                        + " version 10.0.0")));

        Files.delete(drop.resolve("a.jar"));
        awaitVersion("2.0.0");
        await().atMost(LIMIT).until(() -> states("bell").equals(List.of(State.RUNNING)));
    }

    @Test
    void theSameContentIsNotStartedAgain() throws IOException {
        copy(jar("bell", "1.0.0"), "bell.jar");
        awaitVersion("1.0.0");
        String generation = host.plugin("bell").generation().orElseThrow();
        copy(jar("bell", "1.0.0"), "bell.jar");
        copy(jar("bell", "1.0.0"), "second.jar");
        await().atMost(LIMIT).until(() -> states("bell").contains(State.SHADOWED));
        assertThat(host.plugins())
                .anySatisfy(plugin -> assertThat(plugin.generation()).contains(generation));

        Files.delete(drop.resolve("bell.jar"));
        await().atMost(LIMIT).until(() -> states("bell").equals(List.of(State.RUNNING)));
        Files.move(drop.resolve("second.jar"), drop.resolve("third.jar"));
        await().atMost(LIMIT).until(() -> host.plugin("bell").file().equals(Optional.of(Path.of("third.jar"))));

        assertThat(host.plugin("bell").generation()).contains(generation);
        assertThat(host.get("/api/bell/version").body()).isEqualTo("1.0.0");
        assertThat(copies()).hasSize(1);
    }

    @Test
    void anIncompleteCopyIsNotLoaded() throws Exception {
        byte[] whole = Files.readAllBytes(jar("bell", "1.0.0"));
        Path dropped = drop.resolve("bell.jar");
        Files.write(dropped, Arrays.copyOf(whole, whole.length / 2));
        await().atMost(LIMIT).until(() -> host.plugins().stream().anyMatch(status -> status.state() == State.FAILED));
        assertThat(host.get("/api/bell/version").statusCode()).isEqualTo(404);

        Files.write(dropped, whole);
        awaitVersion("1.0.0");
        assertThat(host.plugins()).hasSize(1);
    }

    @Test
    void aVersionThatCannotStartLeavesTheOldOneRunning() throws IOException {
        copy(jar("bell", "1.0.0"), "bell.jar");
        awaitVersion("1.0.0");
        Path broken = PluginJar.of(BrokenPlugin.class, "bell", "2.0.0").writeTo(elsewhere.resolve("broken.jar"));
        copy(broken, "bell.jar");
        await().atMost(LIMIT).until(() -> states("bell").contains(State.FAILED));

        awaitVersion("1.0.0");
        assertThat(host.plugins())
                .anySatisfy(status -> assertThat(status.reason().orElse("")).contains("not today"));
        copy(jar("bell", "3.0.0"), "bell.jar");
        awaitVersion("3.0.0");
        assertThat(states("bell")).containsExactly(State.RUNNING);
    }

    @Test
    void aFileThatBecomesUnreadableLeavesTheOldOneRunning() throws IOException {
        copy(jar("bell", "1.0.0"), "bell.jar");
        awaitVersion("1.0.0");
        Files.writeString(drop.resolve("bell.jar"), "half a copy");
        await().atMost(LIMIT).until(() -> host.plugins().stream().anyMatch(status -> status.state() == State.FAILED));

        awaitVersion("1.0.0");
        Files.delete(drop.resolve("bell.jar"));
        await().atMost(LIMIT).until(() -> host.get("/api/bell/version").statusCode() == 404);
        assertThat(host.plugins()).isEmpty();
    }

    @Test
    void dependentsStartAndStopWithTheirDependency() throws IOException {
        Path needy = PluginJar.of(VersionPlugin.class, "needy", "1.0.0")
                .attribute("Plugin-Dependencies", "bell")
                .writeTo(elsewhere.resolve("needy.jar"));
        copy(needy, "needy.jar");
        await().atMost(LIMIT).until(() -> states("needy").equals(List.of(State.FAILED)));
        copy(jar("bell", "1.0.0"), "bell.jar");
        await().atMost(LIMIT).until(() -> host.get("/api/needy/version").statusCode() == 200);

        Files.delete(drop.resolve("bell.jar"));
        await().atMost(LIMIT).until(() -> host.get("/api/needy/version").statusCode() == 503);
        assertThat(host.plugin("needy").reason().orElse("")).contains("depends on 'bell'");
    }

    @Test
    @Tag("soak")
    void noRequestFailsWhileVersionsReplaceEachOther() throws Exception {
        copy(jar("bell", "1.0.0"), "bell.jar");
        awaitVersion("1.0.0");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger requests = new AtomicInteger();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            load.add(Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    HttpResponse<String> answer = host.get("/api/bell/version");
                    requests.incrementAndGet();
                    if (answer.statusCode() != 200 || !answer.body().matches("[12]\\.0\\.\\d+")) {
                        failures.add(answer.statusCode() + " " + answer.body());
                    }
                }
            }));
        }
        for (int i = 1; i <= 20; i++) {
            String version = (i % 2 + 1) + ".0." + i;
            if (i % 3 == 0) {
                move(jar("bell", version), "bell.jar");
            } else {
                copy(jar("bell", version), "bell.jar");
            }
            awaitVersion(version);
        }
        done.set(true);
        for (Thread thread : load) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(requests.get()).isGreaterThan(100);
    }
}
