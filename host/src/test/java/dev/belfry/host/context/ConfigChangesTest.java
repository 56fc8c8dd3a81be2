package dev.belfry.host.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.config.LiveConfig;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration changes while the host runs. */
class ConfigChangesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Its section. */
    public record BellConfig(@Nullable String tone) {
        public BellConfig {
            if ("none".equals(tone)) {
                throw new IllegalArgumentException("tone must not be none");
            }
        }
    }

    /** Takes its configuration at the start alone. */
    public static final class FixedPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            BellConfig config = context.config(BellConfig.class);
            context.routes(routes -> routes.get(
                    "/tone", Access.PUBLIC, (request, caller) -> request.result(String.valueOf(config.tone()))));
        }
    }

    /** Follows changes. */
    public static final class ListeningPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            AtomicReference<String> tone = new AtomicReference<>("none");
            AtomicInteger calls = new AtomicInteger();
            context.config(BellConfig.class, config -> {
                calls.incrementAndGet();
                if ("broken".equals(config.tone())) {
                    throw new IllegalStateException("a broken bell");
                }
                tone.set(String.valueOf(config.tone()));
            });
            context.routes(routes -> routes.get(
                    "/tone", Access.PUBLIC, (request, caller) -> request.result(tone.get() + " " + calls.get())));
        }
    }

    @TempDir
    private Path folder;

    @BeforeEach
    void drop() {
        Path plugins = RunningHost.dropFolder(folder);
        PluginJar.of(FixedPlugin.class, "fixed", "1.0.0")
                .classes(BellConfig.class)
                .writeTo(plugins.resolve("fixed.jar"));
        PluginJar.of(ListeningPlugin.class, "listening", "1.0.0")
                .classes(BellConfig.class)
                .writeTo(plugins.resolve("listening.jar"));
    }

    private RunningHost start() {
        return RunningHost.start(folder, config("low"));
    }

    private static String config(String tone) {
        return "fixed: { tone: " + tone + " }\nlistening: { tone: " + tone + " }\n";
    }

    private void write(String text) throws IOException {
        Path file = folder.resolve("more.yaml");
        Path next = Files.writeString(folder.resolve("more.next"), text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String tone(RunningHost host, String plugin) {
        return host.get("/api/" + plugin + "/tone").body();
    }

    private static HttpResponse<String> restart(RunningHost host, String plugin) {
        return host.send("POST", "/api/host/plugins/" + plugin + "/restart", BodyPublishers.noBody());
    }

    @Test
    void aListenerGetsTheChangedSectionWithoutARestart() throws IOException {
        try (RunningHost host = start()) {
            assertThat(tone(host, "listening")).isEqualTo("low 1");
            Optional<String> generation = host.plugin("listening").generation();

            write(config("high"));

            await().atMost(LIMIT).until(() -> tone(host, "listening").equals("high 2"));
            assertThat(tone(host, "fixed")).isEqualTo("low");
            assertThat(host.plugin("listening").generation()).isEqualTo(generation);
        }
    }

    @Test
    void aRestartReadsTheConfigurationAgain() throws IOException {
        try (RunningHost host = start()) {
            write(config("high"));

            assertThat(restart(host, "fixed").statusCode()).isEqualTo(200);

            assertThat(tone(host, "fixed")).isEqualTo("high");
        }
    }

    @Test
    void aWrongConfigurationChangesNothingAndIsReported() throws IOException {
        try (RunningHost host = start()) {
            write(config("high") + "backend: { listen: { prot: 1 } }\n");

            HttpResponse<String> refused = restart(host, "fixed");

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("more.yaml:3", "backend.listen.prot", "nothing was changed");
            assertThat(tone(host, "fixed")).isEqualTo("low");
            assertThat(tone(host, "listening")).isEqualTo("low 1");
        }
    }

    @Test
    void aWrongSectionOfAListenerChangesNothing() throws IOException {
        try (RunningHost host = start()) {
            write("fixed: { tone: high }\nlistening: { tune: high }\n");

            HttpResponse<String> refused = restart(host, "fixed");

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("more.yaml:2", "listening.tune");
            assertThat(tone(host, "fixed")).isEqualTo("low");
        }
    }

    @Test
    void aListenerThatFailsKeepsRunningAndGetsTheNextChange() throws IOException {
        try (RunningHost host = start()) {
            write(config("broken"));
            await().atMost(LIMIT).until(() -> tone(host, "listening").equals("low 2"));

            write(config("high"));

            await().atMost(LIMIT).until(() -> tone(host, "listening").equals("high 3"));
        }
    }

    @Test
    void theLogNamesSeveralSectionsInOneSentence() throws IOException {
        try (RunningHost host = start()) {
            CapturedLog log = CapturedLog.ofInfo(LiveConfig.class.getName());

            write(
                    config("high")
                            + "belfry: { accessLog: true, bodyLimit: 2000 }\nbackend: { baseUrl: 'http://localhost:1' }\nother: 1\n");
            await().atMost(LIMIT).until(() -> tone(host, "listening").equals("high 2"));

            assertThat(log.messages())
                    .anyMatch(
                            line -> line.contains(
                                    "belfry.accessLog, listening take effect now; fixed, other take effect when their plugins"
                                            + " restart; backend.baseUrl, belfry.bodyLimit take effect when the host restarts"));
        }
    }

    @Test
    void theLogSaysWhenEachChangeTakesEffect() throws IOException {
        try (RunningHost host = start()) {
            CapturedLog log = CapturedLog.ofInfo(LiveConfig.class.getName());

            write(config("high") + "belfry: { bodyLimit: 2000 }\n");
            await().atMost(LIMIT).until(() -> tone(host, "listening").equals("high 2"));

            assertThat(log.messages())
                    .anyMatch(line ->
                            line.contains("listening takes effect now; fixed takes effect when the plugin restarts;"
                                    + " belfry.bodyLimit takes effect when the host restarts"));
        }
    }

    @Test
    void aWrongSectionOfAPluginThatDoesNotFollowChangesKeepsThePreviousConfigurationAsAWhole() throws IOException {
        try (RunningHost host = start()) {
            CapturedLog log = CapturedLog.ofInfo(LiveConfig.class.getName());

            write("fixed: { tune: high }\nlistening: { tone: high }\n");

            await().atMost(LIMIT).until(() -> log.messages().stream().anyMatch(line -> line.contains("fixed.tune")));
            assertThat(log.messages())
                    .anyMatch(line -> line.contains("the previous one stays in use") && line.contains("more.yaml:1"))
                    .noneMatch(line -> line.contains("takes effect"));
            assertThat(tone(host, "listening")).isEqualTo("low 1");
        }
    }

    @Test
    void theRulesOfARecordAndOfTheHostAreReportedTogether() throws IOException {
        try (RunningHost host = start()) {
            write("fixed: { tone: none }\nlistening: { tone: none }\nbackend: { listen: { prot: 1 } }\n");

            assertThat(restart(host, "listening").body())
                    .contains("more.yaml:1: fixed: tone must not be none")
                    .contains("more.yaml:2: listening: tone must not be none")
                    .contains("more.yaml:3: backend.listen.prot");
        }
    }

    /** Has a key that {@link BellConfig} does not have. */
    public record LargerConfig(@Nullable String tone, String weight) {}

    /** The next version of {@link FixedPlugin}. */
    public static final class NextPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            LargerConfig config = context.config(LargerConfig.class);
            context.routes(
                    routes -> routes.get("/tone", Access.PUBLIC, (request, caller) -> request.result(config.weight())));
        }
    }

    @Test
    void theNextVersionOfAPluginGetsTheConfigurationThatWasWrittenForItBefore() throws IOException {
        try (RunningHost host = start()) {
            write("fixed: { tone: high, weight: heavy }\nlistening: { tone: high }\n");
            assertThat(restart(host, "fixed").body()).contains("fixed.weight");

            PluginJar.of(NextPlugin.class, "fixed", "2.0.0")
                    .classes(LargerConfig.class)
                    .writeTo(RunningHost.dropFolder(folder).resolve("fixed-2.jar"));

            await().atMost(LIMIT).until(() -> tone(host, "fixed").equals("heavy"));
            await().atMost(LIMIT).until(() -> tone(host, "listening").equals("high 2"));
        }
    }
}
