package dev.belfry.host.lifecycle;

import static dev.belfry.host.DropFolder.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.bells.chimes.Chime;
import dev.belfry.host.bells.chimes.Hour;
import dev.belfry.host.bells.chimes.Strike;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that takes long delays nothing but the plugin itself and the plugins that use it. */
class ConcurrentStartsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** So that no start of these tests times out. */
    private static final String CONFIG = "belfry: { startTimeout: PT10M }";

    /** Provides the extension point {@link Chime}. */
    public static final class ChimePlugin implements Plugin {
        private String version = "";

        @Override
        public void start(PluginContext context) {
            version = context.version();
            context.provide(Chime.class, () -> new Strike(context.version()));
        }

        @Override
        public void stop() {
            Gates.tell("stopped chime " + version);
        }
    }

    /** Uses the extension point in each request. */
    public static final class ListenerPlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws InterruptedException {
            Gates.pass("listener " + context.version());
            context.routes(routes -> routes.get(
                    "/sound",
                    Access.PUBLIC,
                    (request, caller) -> request.result(
                            context.extensions(Chime.class).getFirst().strike().sound())));
        }
    }

    @TempDir
    private Path folder;

    private DropFolder drop;

    @BeforeEach
    void openGates() {
        Gates.reset();
        drop = new DropFolder(folder);
    }

    @AfterEach
    void letEverythingThrough() {
        Gates.openAll();
    }

    private static PluginJar gated(String id, String version) {
        return PluginJar.of(GatePlugin.class, id, version).classes(Gates.class);
    }

    private static PluginJar chime(String version) {
        return PluginJar.of(ChimePlugin.class, "chime", version)
                .classes(Gates.class)
                .classes(Chime.class)
                .classes(Strike.class)
                .attribute("Plugin-Exports", Chime.class.getPackageName());
    }

    private RunningHost start() {
        return RunningHost.start(folder, CONFIG);
    }

    /** Drops a plugin whose start waits at its gate. */
    private void dropGated(String id, String version) {
        String name = id + " " + version;
        Gates.close(name);
        drop.drop(gated(id, version), id + ".jar");
        Gates.awaitEvent("begun " + name);
    }

    private void dropAndAwait(RunningHost host, String id, String version) {
        drop.drop(gated(id, version), id + ".jar");
        awaitAnswer(host, "/api/" + id + "/version", version);
    }

    private static void awaitNone(RunningHost host) {
        await().atMost(LIMIT).until(() -> host.plugins().isEmpty());
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static String operate(RunningHost host, String id, String operation) {
        return host.send("POST", "/api/host/plugins/" + id + "/" + operation, BodyPublishers.noBody())
                .body();
    }

    @Test
    void aSlowStartDelaysNoOtherPlugin() {
        try (RunningHost host = start()) {
            dropGated("slow", "1.0.0");

            dropAndAwait(host, "quick", "1.0.0");
            dropAndAwait(host, "quick", "2.0.0");
            Optional<String> before = host.plugin("quick").generation();
            assertThat(operate(host, "quick", "restart")).contains("RUNNING");
            assertThat(host.plugin("quick").generation()).isNotEqualTo(before);
            assertThat(operate(host, "quick", "disable")).contains("DISABLED");
            assertThat(operate(host, "quick", "enable")).contains("RUNNING");

            assertThat(host.plugin("slow").state()).isEqualTo(State.STARTING);
            assertThat(host.get("/readyz").statusCode())
                    .as("ready while an added plugin starts")
                    .isEqualTo(200);
            HttpResponse<String> early = host.get("/api/slow/version");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).isPresent();
            Gates.open("slow 1.0.0");
            awaitAnswer(host, "/api/slow/version", "1.0.0");
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPluginThatHasRunOrIsRequiredMustHaveStartedForReadiness() {
        try (RunningHost host = RunningHost.start(folder, CONFIG, "plugins: { required: [needed] }")) {
            dropGated("needed", "1.0.0");
            assertThat(host.get("/readyz").body()).contains("'needed' is STARTING");
            Gates.open("needed 1.0.0");
            awaitAnswer(host, "/api/needed/version", "1.0.0");
            dropAndAwait(host, "quick", "1.0.0");
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);

            operate(host, "quick", "disable");
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
            Gates.close("quick 1.0.0");
            CompletableFuture<String> enabled = CompletableFuture.supplyAsync(() -> operate(host, "quick", "enable"));
            await().atMost(LIMIT).until(() -> host.get("/readyz").body().contains("'quick' is STARTING"));
            Gates.open("quick 1.0.0");
            assertThat(enabled.join()).contains("RUNNING");
        }
    }

    @Test
    void independentPluginsStartConcurrentlyAndTheHostIsReadyAfterAll() throws Exception {
        Gates.close("one 1.0.0");
        Gates.close("two 1.0.0");
        drop.drop(gated("one", "1.0.0"), "one.jar");
        drop.drop(gated("two", "1.0.0"), "two.jar");
        CompletableFuture<RunningHost> starting = CompletableFuture.supplyAsync(this::start);
        Gates.awaitEvent("begun one 1.0.0");
        Gates.awaitEvent("begun two 1.0.0");

        Gates.open("one 1.0.0");
        assertThat(starting).isNotDone();
        Gates.open("two 1.0.0");
        try (RunningHost host = starting.get(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(host.plugins()).hasSize(2).allMatch(plugin -> plugin.state() == State.RUNNING);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void moreStartsThanAreAllowedAtOnceWaitForTheirTurn() throws Exception {
        for (int i = 1; i <= 5; i++) {
            Gates.close("p" + i + " 1.0.0");
            drop.drop(gated("p" + i, "1.0.0"), "p" + i + ".jar");
        }
        CompletableFuture<RunningHost> starting = CompletableFuture.supplyAsync(this::start);
        await().atMost(LIMIT).until(() -> Gates.told().size() == 4);
        String first = Gates.told().getFirst().substring("begun ".length());
        Gates.open(first);
        await().atMost(LIMIT).until(() -> Gates.told().size() == 5);

        Gates.openAll();
        try (RunningHost host = starting.get(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(host.plugins()).hasSize(5).allMatch(plugin -> plugin.state() == State.RUNNING);
        }
    }

    @Test
    void aPluginStartsAfterThePluginThatItDependsOn() {
        try (RunningHost host = start()) {
            dropGated("slow", "1.0.0");
            drop.drop(gated("needy", "1.0.0").attribute("Plugin-Dependencies", "slow"), "needy.jar");
            await().atMost(LIMIT)
                    .until(() -> host.plugins().stream()
                            .anyMatch(plugin -> plugin.id().equals("needy")));
            assertThat(host.plugin("needy").state()).isEqualTo(State.STARTING);
            assertThat(host.plugin("needy").reason()).contains("it starts after 'slow', which is starting");
            assertThat(Gates.told()).doesNotContain("begun needy 1.0.0");

            Gates.open("slow 1.0.0");
            awaitAnswer(host, "/api/needy/version", "1.0.0");
            assertThat(host.plugin("needy").reason()).isEmpty();
        }
    }

    @Test
    void theStartOfARemovedPluginIsAbandoned() {
        try (RunningHost host = start()) {
            dropGated("slow", "1.0.0");
            drop.remove("slow.jar");

            Gates.awaitEvent("interrupted slow 1.0.0");
            awaitNone(host);
            await().atMost(LIMIT).until(() -> host.get("/api/slow/version").statusCode() == 404);
            await().atMost(LIMIT).until(() -> isEmpty(folder.resolve("data/plugins")));
        }
    }

    /** Its start needs a moment to end after an interrupt. */
    public static final class TidyPlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws InterruptedException {
            try {
                Gates.pass("tidy 1.0.0");
            } catch (InterruptedException e) {
                Thread.sleep(300);
                throw e;
            }
        }
    }

    @Test
    void theThreadOfAnAbandonedStartIsNotReportedAsLeftBehind() {
        CapturedLog log = CapturedLog.of("dev.belfry.host.leak");
        try (RunningHost host = start()) {
            Gates.close("tidy 1.0.0");
            drop.drop(PluginJar.of(TidyPlugin.class, "tidy", "1.0.0").classes(Gates.class), "tidy.jar");
            Gates.awaitEvent("begun tidy 1.0.0");
            drop.remove("tidy.jar");

            awaitNone(host);
            await().atMost(LIMIT).until(() -> isEmpty(folder.resolve("data/plugins")));
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void theStartOfADisabledPluginIsAbandonedUntilItIsEnabled() {
        try (RunningHost host = start()) {
            dropGated("slow", "1.0.0");
            assertThat(operate(host, "slow", "disable")).contains("DISABLED");
            Gates.awaitEvent("interrupted slow 1.0.0");
            assertThat(host.get("/api/slow/version").statusCode()).isEqualTo(404);

            Gates.open("slow 1.0.0");
            assertThat(operate(host, "slow", "enable")).contains("RUNNING");
            assertThat(host.get("/api/slow/version").body()).isEqualTo("1.0.0");
        }
    }

    @Test
    void aRestartReplacesTheStartInProgress() {
        try (RunningHost host = start()) {
            dropGated("slow", "1.0.0");
            Gates.forget("slow 1.0.0");
            assertThat(operate(host, "slow", "restart")).contains("RUNNING");

            Gates.awaitEvent("interrupted slow 1.0.0");
            assertThat(host.get("/api/slow/version").body()).isEqualTo("1.0.0");
        }
    }

    @Test
    void aChangeInTheFolderDoesNotEndARestart() throws Exception {
        try (RunningHost host = start()) {
            dropAndAwait(host, "slow", "1.0.0");
            Optional<String> before = host.plugin("slow").generation();
            Gates.close("slow 1.0.0");
            CompletableFuture<String> restarted = CompletableFuture.supplyAsync(() -> operate(host, "slow", "restart"));
            await().atMost(LIMIT)
                    .until(() -> Gates.told().stream()
                                    .filter("begun slow 1.0.0"::equals)
                                    .count()
                            == 2);

            dropAndAwait(host, "quick", "1.0.0");
            assertThat(restarted).isNotDone();
            Gates.open("slow 1.0.0");

            assertThat(restarted.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).contains("RUNNING");
            assertThat(host.plugin("slow").generation()).isNotEqualTo(before);
        }
    }

    @Test
    void aNewVersionReplacesTheStartInProgress() {
        try (RunningHost host = start()) {
            dropGated("slow", "1.0.0");
            dropAndAwait(host, "slow", "2.0.0");

            Gates.awaitEvent("interrupted slow 1.0.0");
            await().atMost(LIMIT).until(() -> host.plugin("slow").state() == State.RUNNING);
            assertThat(host.plugins()).hasSize(1);
        }
    }

    @Test
    void theOldVersionServesUntilTheNewOneHasStarted() {
        try (RunningHost host = start()) {
            dropAndAwait(host, "slow", "1.0.0");
            dropGated("slow", "2.0.0");

            assertThat(host.get("/api/slow/version").body()).isEqualTo("1.0.0");
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(host.plugins())
                    .extracting(PluginStatus::state)
                    .containsExactlyInAnyOrder(State.STARTING, State.RUNNING);
            Gates.open("slow 2.0.0");
            awaitAnswer(host, "/api/slow/version", "2.0.0");
            Gates.awaitEvent("stopped slow 1.0.0");
        }
    }

    @Test
    void theOldVersionRunsOnIfItsFileReturnsDuringTheStartOfTheNewOne() {
        try (RunningHost host = start()) {
            dropAndAwait(host, "slow", "1.0.0");
            Optional<String> before = host.plugin("slow").generation();
            dropGated("slow", "2.0.0");
            drop.drop(gated("slow", "1.0.0"), "slow.jar");

            Gates.awaitEvent("interrupted slow 2.0.0");
            await().atMost(LIMIT).until(() -> host.plugins().size() == 1);
            assertThat(host.plugin("slow").generation()).isEqualTo(before);
            assertThat(host.plugin("slow").reason()).isEmpty();
            assertThat(host.get("/api/slow/version").body()).isEqualTo("1.0.0");
        }
    }

    @Test
    void aProviderStopsAfterTheDependentsThatUseItHaveBeenReplaced() {
        try (RunningHost host = start()) {
            drop.drop(chime("1.0.0"), "chime.jar");
            drop.drop(
                    PluginJar.of(ListenerPlugin.class, "listener", "1.0.0")
                            .classes(Gates.class)
                            .attribute("Plugin-Dependencies", "chime"),
                    "listener.jar");
            awaitAnswer(host, "/api/listener/sound", "1.0.0");
            Gates.reset();
            Gates.close("listener 1.0.0");
            drop.drop(chime("2.0.0").classes(Hour.class), "chime.jar");
            Gates.awaitEvent("begun listener 1.0.0");

            assertThat(host.plugin("chime").version()).isEqualTo("2.0.0");
            assertThat(host.get("/api/listener/sound").body()).isEqualTo("1.0.0");
            assertThat(Gates.told()).doesNotContain("stopped chime 1.0.0");
            Gates.open("listener 1.0.0");
            awaitAnswer(host, "/api/listener/sound", "2.0.0");
            Gates.awaitEvent("stopped chime 1.0.0");
        }
    }

    @Test
    void theStopOfTheHostAbandonsStarts() {
        RunningHost host = start();
        try {
            dropGated("slow", "1.0.0");
            dropAndAwait(host, "quick", "1.0.0");
        } finally {
            host.close();
        }

        Gates.awaitEvent("interrupted slow 1.0.0");
        assertThat(Gates.told()).contains("stopped quick 1.0.0");
    }
}
