package dev.belfry.host;

import static dev.belfry.host.DropFolder.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the host that take effect without a restart. */
class LiveSettingsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A plugin. */
    public static final class BellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(
                    routes -> routes.get("/id", Access.PUBLIC, (request, caller) -> request.result(context.id())));
        }
    }

    @TempDir
    private Path folder;

    private void replace(String file, String content) throws IOException {
        Path next = Files.writeString(folder.resolve(file + ".next"), content);
        Files.move(next, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static PluginJar jar(String id) {
        return PluginJar.of(BellPlugin.class, id, "1.0.0");
    }

    /** The entry of dynamic-plugins.yaml for a JAR. */
    private String entry(String id) throws Exception {
        Path jar = jar(id).writeTo(folder.resolve(id + ".jar"));
        return "- { package: " + id + ".jar, integrity: " + PluginTrust.integrityOf(jar) + " }";
    }

    private void list(String... entries) throws IOException {
        replace("list.yaml", List.of(entries).stream().collect(Collectors.joining("\n", "plugins:\n", "\n")));
    }

    private void drop(String id) throws IOException {
        Files.move(folder.resolve(id + ".jar"), RunningHost.dropFolder(folder).resolve(id + ".jar"));
    }

    @Test
    void aJarAndItsEntryNeedNoRestartInEitherOrderAndARemovedEntryStopsThePlugin() throws Exception {
        String one = entry("one");
        String two = entry("two");
        list();
        CapturedLog log = CapturedLog.of(LiveConfig.class);
        CapturedLog plugins = CapturedLog.of(Lifecycle.class);
        try (RunningHost host = RunningHost.start(folder, "dynamicPlugins: { trust: listed, file: list.yaml }")) {
            drop("one");
            await().atMost(LIMIT)
                    .until(() -> host.plugins().stream().anyMatch(plugin -> plugin.state() == State.FAILED));
            assertThat(plugins.messages())
                    .singleElement()
                    .asString()
                    .startsWith("one.jar is not loaded: it is not listed");
            assertThat(plugins.levels()).containsExactly(Level.WARN);
            list(one);
            awaitAnswer(host, "/api/one/id", "one");
            String generation = host.plugin("one").generation().orElseThrow();

            list(one, two);
            await().atMost(LIMIT).until(() -> log.messages().stream().anyMatch(line -> line.contains("no 'two.jar'")));
            drop("two");
            awaitAnswer(host, "/api/two/id", "two");
            assertThat(host.plugin("one").generation()).contains(generation);

            list(two);
            await().atMost(LIMIT).until(() -> host.get("/api/one/id").statusCode() == 503);
            // Between its stop and the new check of its JAR, it is in no list.
            await().atMost(LIMIT)
                    .until(() -> host.plugins().stream()
                            .anyMatch(plugin -> plugin.id().equals("one") && plugin.state() == State.FAILED));
            assertThat(host.get("/api/two/id").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void limitsTakeEffectAtOnceAndWhatNeedsARestartIsNamed() throws Exception {
        jar("bell").writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
        try (RunningHost host = RunningHost.start(folder, "belfry: { limits: { requestsPerCaller: 0 } }")) {
            CapturedLog log = CapturedLog.ofInfo(LiveConfig.class.getName());
            for (int i = 0; i < 5; i++) {
                assertThat(host.get("/api/bell/id").statusCode()).isEqualTo(200);
            }

            replace("more.yaml", "belfry: { limits: { requestsPerCaller: 3, carrierThreads: 40 } }");
            await().atMost(LIMIT).until(() -> host.get("/api/bell/id").statusCode() == 429);
            assertThat(log.messages())
                    .anyMatch(line -> line.contains("belfry.limits.requestsPerCaller takes effect now;"
                            + " belfry.limits.carrierThreads takes effect when the host restarts"));

            replace("more.yaml", "belfry: { limits: { requestsPerCaller: 0, carrierThreads: 40 } }");
            await().atMost(LIMIT).until(() -> host.get("/api/bell/id").statusCode() == 200);
        }
    }

    @Test
    void aKeyThatHasTheValueOfTheStartAgainNeedsNoRestart() throws Exception {
        String start = "belfry: { limits: { carrierThreads: 30 } }";
        try (RunningHost _ = RunningHost.start(folder, start)) {
            CapturedLog log = CapturedLog.ofInfo(LiveConfig.class.getName());
            for (String change : List.of(
                    "belfry: { limits: { carrierThreads: 40 } }",
                    "belfry: { limits: { carrierThreads: 50 } }",
                    "belfry: { limits: { carrierThreads: 50, connections: 500 } }",
                    "belfry: { limits: { carrierThreads: 30, connections: 600 } }",
                    start)) {
                int before = log.messages().size();
                replace("more.yaml", change);
                await().atMost(LIMIT).until(() -> log.messages().size() > before);
            }

            String changed = "the configuration has changed: ";
            String restart = " takes effect when the host restarts";
            String none = " needs no restart any more: the host runs with this value";
            assertThat(log.messages())
                    .containsExactly(
                            changed + "belfry.limits.carrierThreads" + restart,
                            changed + "belfry.limits.carrierThreads" + restart,
                            changed + "belfry.limits.connections" + restart,
                            changed + "belfry.limits.connections" + restart + "; belfry.limits.carrierThreads" + none,
                            changed + "belfry.limits.connections" + none);
        }
    }

    @Test
    void aPluginThatIsRequiredFromNowOnCountsForReadiness() throws Exception {
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);

            replace("more.yaml", "plugins: { required: [bell] }");

            await().atMost(LIMIT)
                    .until(() -> host.get("/readyz").body().contains("plugin 'bell' is required and does not run"));
        }
    }
}
