package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.MigrationFailed;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients, load balancers and operators learn about a plugin that failed. */
class FailedPluginsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SECRET_PLACE = "app.yaml:3: bell.tone";

    @TempDir
    private Path folder;

    private Path drop;

    @BeforeEach
    void createTheDropFolder() {
        drop = RunningHost.dropFolder(folder);
    }

    /** Its configuration is wrong in two places. */
    public static final class MisconfiguredPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new ConfigurationException(
                    List.of(SECRET_PLACE + ": 'loud' is not one of low, high", "app.yaml:4: bell.rope: is missing"));
        }
    }

    /** Its tables cannot be migrated. */
    public static final class UnmigratedPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new MigrationFailed("the tables of 'bell' could not be migrated: V2__x.sql", null);
        }
    }

    /** Was compiled against another library. */
    public static final class UnlinkedPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new NoSuchMethodError("ring()");
        }
    }

    /** Fails without a reason that an operator could change. */
    public static final class BrokenPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new IllegalStateException("cracked at /etc/tower");
        }
    }

    /** Starts once. */
    public static final class OncePlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws Exception {
            Path mark = Path.of(context.config(Settings.class).mark());
            if (Files.exists(mark)) {
                throw new IllegalStateException("a second time");
            }
            Files.createFile(mark);
        }

        /** Its configuration. */
        public record Settings(String mark) {}
    }

    /** Its database is away. */
    public static final class WaitingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new DatabaseUnavailable("nobody listens", DatabaseUnavailable.Reason.AWAY, null);
        }
    }

    private void dropBell(Class<? extends Plugin> plugin) {
        PluginJar.of(plugin, "bell", "1.0.0").writeTo(drop.resolve("bell.jar"));
    }

    private void dropProbe() {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(drop.resolve("probe.jar"));
    }

    private static void assertUnavailable(RunningHost host, String message) {
        HttpResponse<String> answer = host.get("/api/bell/ring");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(answer.body()).contains("\"plugin 'bell' has failed: " + message + "\"");
    }

    private void assertUnavailable(Class<? extends Plugin> plugin, String message) {
        dropBell(plugin);
        try (RunningHost host = RunningHost.start(folder)) {
            assertUnavailable(host, message);
        }
    }

    @Test
    void requestsGet503WithTheClassOfTheReasonAndNoDetails() {
        assertUnavailable(MisconfiguredPlugin.class, "its configuration is wrong");
        assertUnavailable(UnmigratedPlugin.class, "its database cannot be used");
        assertUnavailable(UnlinkedPlugin.class, "it does not fit this host");
        assertUnavailable(BrokenPlugin.class, "it cannot start");
    }

    @Test
    void aPluginThatDependsOnAWaitingOneWaitsToo() {
        CapturedLog log = CapturedLog.of(StartResults.class);
        dropBell(WaitingPlugin.class);
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .attribute("Plugin-Dependencies", "bell")
                .writeTo(drop.resolve("probe.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("probe").state()).isEqualTo(State.WAITING);
            assertThat(host.plugin("probe").reason()).hasValue("it depends on 'bell', which is waiting");
            assertThat(log.messages())
                    .contains("plugin probe 1.0.0 (probe.jar) is waiting: it depends on 'bell', which is waiting");
            assertThat(host.get("/readyz").body()).contains("plugin 'probe' is WAITING");
            assertThat(host.get("/api/probe/value").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aJarThatIsRefusedAnswersForThePluginThatItClaimsToBe() {
        PluginJar.of(ProbePlugin.class, "bell", "1.0.0")
                .attribute("Plugin-Requires", ">=99.0.0")
                .writeTo(drop.resolve("some-name.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertUnavailable(host, "it does not fit this host");
        }
        try (RunningHost host = RunningHost.start(folder, "dynamicPlugins: { trust: listed, plugins: [] }")) {
            assertUnavailable(host, "this host does not allow it");
        }
    }

    @Test
    void aPluginThatWasRemovedOrDisabledIs404() {
        dropBell(BrokenPlugin.class);
        dropProbe();
        try (RunningHost host = RunningHost.start(folder)) {
            assertUnavailable(host, "it cannot start");
            host.send("POST", "/api/host/plugins/bell/disable", BodyPublishers.noBody());
            assertThat(host.get("/api/bell/ring").statusCode()).isEqualTo(404);

            host.send("POST", "/api/host/plugins/bell/enable", BodyPublishers.noBody());
            assertUnavailable(host, "it cannot start");
            new DropFolder(folder).remove("bell.jar");
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(host.get("/api/bell/ring").statusCode()).isEqualTo(404));
        }
    }

    @Test
    void readinessNamesAFailedPluginAndStaysOkWhileOthersRun() {
        dropBell(MisconfiguredPlugin.class);
        dropProbe();
        try (RunningHost host = RunningHost.start(folder)) {
            HttpResponse<String> ready = host.get("/readyz");

            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).isEqualTo("{\"status\":\"ok\",\"failed\":{\"bell\":\"CONFIGURATION\"}}");
            assertThat(host.get("/unknown").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aHostIsNotReadyIfAFailedPluginIsRequiredOrNoneRuns() {
        dropBell(MisconfiguredPlugin.class);
        try (RunningHost host = RunningHost.start(folder)) {
            HttpResponse<String> ready = host.get("/readyz");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("no plugin runs: bell failed", "\"bell\":\"CONFIGURATION\"");
        }
        dropProbe();
        try (RunningHost host = RunningHost.start(folder, "plugins: { required: [bell] }")) {
            HttpResponse<String> ready = host.get("/readyz");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("plugin 'bell' is FAILED").doesNotContain("no plugin runs");
        }
    }

    @Test
    void aWrongConfigurationIsLoggedWithOneLineForEachFaultAndNoStackTrace() {
        CapturedLog log = CapturedLog.of(FailureLog.class);
        dropBell(MisconfiguredPlugin.class);
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("bell").failure()).contains(FailureClass.CONFIGURATION);
        }
        assertThat(log.messages())
                .containsExactly(
                        "plugin bell 1.0.0 (bell.jar) has a wrong configuration: " + SECRET_PLACE
                                + ": 'loud' is not one of low, high",
                        "plugin bell 1.0.0 (bell.jar) has a wrong configuration: app.yaml:4: bell.rope: is missing",
                        "plugin bell 1.0.0 (bell.jar) failed. Correct its configuration, and run ./belfry plugins restart"
                                + " bell");
        assertThat(log.stackTraces()).isZero();
    }

    @Test
    void aPluginClassThatIsNotThereIsLoggedWithoutAStackTrace() {
        CapturedLog log = CapturedLog.of(FailureLog.class);
        PluginJar.of(BrokenPlugin.class, "bell", "1.0.0")
                .service("no.such.Bell")
                .writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("bell").failure()).contains(FailureClass.INCOMPATIBLE);
        }
        assertThat(log.messages())
                .containsExactly("plugin bell 1.0.0 (bell.jar) failed: META-INF/services/dev.belfry.api.Plugin names"
                        + " no.such.Bell, which does not exist");
        assertThat(log.stackTraces()).isZero();
    }

    @Test
    void aFailureOfThePluginsCodeIsLoggedWithItsStackTrace() {
        CapturedLog log = CapturedLog.of(FailureLog.class);
        dropBell(BrokenPlugin.class);
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("bell").failure()).contains(FailureClass.CANNOT_START);
        }
        assertThat(log.messages()).containsExactly("plugin bell 1.0.0 (bell.jar) failed: cracked at /etc/tower");
        assertThat(log.stackTraces()).isOne();
    }

    @Test
    void aFailedRestartIsVisibleAlthoughTheOldGenerationRunsOn() {
        dropBell(OncePlugin.class);
        try (RunningHost host = RunningHost.start(
                folder, "bell: { mark: '" + folder.resolve("mark").toAbsolutePath() + "' }")) {
            assertThat(host.plugin("bell").failure()).isEmpty();

            String answer = host.send("POST", "/api/host/plugins/bell/restart", BodyPublishers.noBody())
                    .body();

            assertThat(answer).contains("\"state\":\"RUNNING\"", "\"failure\":\"CANNOT_START\"", "a second time");
        }
    }
}
