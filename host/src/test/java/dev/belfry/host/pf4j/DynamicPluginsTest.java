package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.Secret;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.PluginOrigin;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamicPluginsTest {

    @TempDir
    private Path folder;

    private Path drop;

    @BeforeEach
    void makeDropFolder() {
        drop = RunningHost.dropFolder(folder);
    }

    private static PluginJar probe() {
        return PluginJar.of(ProbePlugin.class, "probe", "1.0.0");
    }

    private void assertRefused(String id, String reason) {
        probe().writeTo(drop.resolve("z-probe.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            PluginStatus refused = host.plugin(id);

            assertThat(refused.state()).isEqualTo(State.FAILED);
            assertThat(refused.reason().orElseThrow()).contains(reason);
            assertThat(refused.file()).isPresent();
            assertThat(host.plugin("probe").state()).isEqualTo(State.RUNNING);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws IOException {
        Files.writeString(drop.resolve("a.jar"), "not a zip");
        assertRefused("a", "not a readable JAR");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Files.createFile(drop.resolve("a.jar"));
        assertRefused("a", "not a readable JAR");
    }

    @Test
    void aJarWithoutAnIdIsRefused() {
        probe().without("Plugin-Id").writeTo(drop.resolve("a.jar"));
        assertRefused("a", "Plugin-Id");
    }

    @Test
    void anInvalidVersionIsRefused() {
        PluginJar.of(ProbePlugin.class, "odd", "v1").writeTo(drop.resolve("a.jar"));
        assertRefused("a", "'v1' is not a semantic version");
    }

    @Test
    void aPluginForAnotherApiIsRefused() {
        PluginJar.of(ProbePlugin.class, "future", "1.0.0")
                .attribute("Plugin-Requires", ">=7.0.0")
                .writeTo(drop.resolve("a.jar"));
        assertRefused("a", "requires plugin API >=7.0.0, this host has");
    }

    @Test
    void anInvalidVersionRangeIsRefused() {
        PluginJar.of(ProbePlugin.class, "range", "1.0.0")
                .attribute("Plugin-Requires", "[1.0,2.0)")
                .writeTo(drop.resolve("a.jar"));
        assertRefused("a", "'[1.0,2.0)' is not a version range");
    }

    @Test
    void aJarWithoutAPluginClassIsRefused() {
        PluginJar.of(ProbePlugin.class, "none", "1.0.0")
                .remove("META-INF/services/dev.belfry.api.Plugin")
                .writeTo(drop.resolve("a.jar"));
        assertRefused("a", "META-INF/services/dev.belfry.api.Plugin");
    }

    @Test
    void aMissingPluginClassIsRefused() {
        PluginJar.of(ProbePlugin.class, "missing", "1.0.0")
                .service("dev.nobody.Missing")
                .writeTo(drop.resolve("a.jar"));
        assertRefused("missing", "dev.nobody.Missing");
    }

    @Test
    void aJarThatPacksThePluginApiIsRefused() {
        PluginJar.of(ProbePlugin.class, "packs", "1.0.0").classes(Plugin.class).writeTo(drop.resolve("a.jar"));
        assertRefused("a", "packs the package dev.belfry.api");
    }

    @Test
    void aPluginWithAMissingDependencyIsRefused() {
        PluginJar.of(ProbePlugin.class, "needy", "1.0.0")
                .attribute("Plugin-Dependencies", "absent")
                .writeTo(drop.resolve("a.jar"));
        assertRefused("needy", "depends on 'absent'");
    }

    @Test
    void aMisspelledDependencyHasTheNearId() {
        PluginJar.of(ProbePlugin.class, "needy", "1.0.0")
                .attribute("Plugin-Dependencies", "prboe")
                .writeTo(drop.resolve("a.jar"));
        assertRefused("needy", "it depends on 'prboe', which does not run; did you mean 'probe'?");
    }

    @Test
    void aMisspelledAttributeIsAWarning() {
        CapturedLog log = CapturedLog.of(Lifecycle.class);
        probe().attribute("Plugin-Dependancies", "absent").writeTo(drop.resolve("a.jar"));

        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("probe").state()).isEqualTo(State.RUNNING);
            assertThat(log.messages())
                    .anyMatch(
                            line -> line.endsWith("(a.jar): the attribute 'Plugin-Dependancies' of its manifest has no"
                                    + " effect; did you mean 'Plugin-Dependencies'?"));
        }
    }

    @Test
    void aMisspelledOptionalDependencyIsAWarningAtStartAndWhenAJarIsDropped() {
        CapturedLog log = CapturedLog.of(Lifecycle.class);
        probe().attribute("Plugin-Dependencies", "neddy?, needy?, absent?").writeTo(drop.resolve("a.jar"));
        PluginJar.of(ProbePlugin.class, "needy", "1.0.0").writeTo(drop.resolve("b.jar"));

        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugin("probe").state()).isEqualTo(State.RUNNING);
            assertThat(log.messages())
                    .containsExactly(
                            "plugin probe 1.0.0 (a.jar): Plugin-Dependencies: there is no plugin 'neddy'; did you"
                                    + " mean 'needy'? The dependency is optional, so the plugin starts without it");

            PluginJar.of(ProbePlugin.class, "late", "1.0.0")
                    .attribute("Plugin-Dependencies", "prboe?")
                    .writeTo(drop.resolve("c.jar"));
            await().untilAsserted(() -> assertThat(log.messages())
                    .last()
                    .asString()
                    .contains("(c.jar): Plugin-Dependencies: there is no plugin 'prboe'; did you mean 'probe'?"));
        }
    }

    @Test
    void aDependencyCycleIsRefusedAndReported() {
        for (String[] pair : new String[][] {{"alpha", "beta"}, {"beta", "gamma"}, {"gamma", "alpha"}}) {
            PluginJar.of(ProbePlugin.class, pair[0], "1.0.0")
                    .attribute("Plugin-Dependencies", pair[1])
                    .writeTo(drop.resolve(pair[0] + ".jar"));
        }
        assertRefused("gamma", "it depends on itself: gamma -> alpha -> beta -> gamma");
    }

    /** Its start throws. */
    public static final class ThrowingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new IllegalStateException("the moon is wrong");
        }
    }

    @Test
    void anExceptionDuringTheStartIsReported() {
        PluginJar.of(ThrowingPlugin.class, "throwing", "1.0.0").writeTo(drop.resolve("a.jar"));
        assertRefused("throwing", "the moon is wrong");
    }

    /** Its start never ends. */
    public static final class HangingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aHangingStartIsReportedWithItsStack() {
        PluginJar.of(HangingPlugin.class, "hanging", "1.0.0").writeTo(drop.resolve("a.jar"));
        assertRefused("hanging", "took longer than 5 s");
    }

    /** Two equal routes. */
    public static final class AmbiguousPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.get("/a", Access.PUBLIC, (request, caller) -> {});
                routes.get("/a", Access.PUBLIC, (request, caller) -> {});
            });
        }
    }

    @Test
    void twoEqualRoutesAreRefused() {
        PluginJar.of(AmbiguousPlugin.class, "ambiguous", "1.0.0").writeTo(drop.resolve("a.jar"));
        assertRefused("ambiguous", "the route GET /a is declared twice");
    }

    /** A handler and an event stream, which differ only in the names of path parameters. */
    public static final class RenamedPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.get("/a/{b}/<c>", Access.AUTHENTICATED, (request, caller) -> {});
                routes.post("/a/{d}/<e>", Access.PUBLIC, (request, caller) -> {});
                routes.get("/a/{d}/{e}", Access.PUBLIC, (request, caller) -> {});
                routes.events("/a/{d}/<e>/", Access.PUBLIC, stream -> {});
            });
        }
    }

    @Test
    void twoRoutesThatDifferOnlyInTheNamesOfParametersAreRefused() {
        PluginJar.of(RenamedPlugin.class, "renamed", "1.0.0").writeTo(drop.resolve("a.jar"));
        assertRefused(
                "renamed", "the route GET /a/{d}/<e>/ is declared twice: GET /a/{b}/<c> serves the same requests");
    }

    /** A route without an access. */
    public static final class UndeclaredPlugin implements Plugin {
        @Override
        @SuppressWarnings({"NullAway", "DataFlowIssue"}) // simulates a careless author
        public void start(PluginContext context) {
            context.routes(routes -> routes.get("/a", null, (request, caller) -> {}));
        }
    }

    @Test
    void aRouteWithoutAccessIsRefused() {
        PluginJar.of(UndeclaredPlugin.class, "undeclared", "1.0.0").writeTo(drop.resolve("a.jar"));
        assertRefused("undeclared", "does not say who may use it");
    }

    /** Two secrets. */
    public static final class TwoSecretsPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.acceptCredentials(new SharedSecret("bell-secret", Secret.of("0123456789abcdef"), "external:bell"));
            context.acceptCredentials(new SharedSecret("rope-secret", Secret.of("0123456789abcdef"), "external:rope"));
        }
    }

    @Test
    void aSecondKindOfOwnCredentialsIsRefused() {
        PluginJar.of(TwoSecretsPlugin.class, "secretive", "1.0.0").writeTo(drop.resolve("a.jar"));
        assertRefused("secretive", "already declared credentials of its own, in the header 'bell-secret'");
    }

    @Test
    void aRequiredPluginThatFailsMakesTheHostNotReady() {
        PluginJar.of(ThrowingPlugin.class, "throwing", "1.0.0").writeTo(drop.resolve("a.jar"));
        try (RunningHost host = RunningHost.start(folder, "plugins: { required: [throwing] }")) {
            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(host.get("/livez").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void temporaryFilesAreIgnored() throws IOException {
        Files.writeString(drop.resolve(".a.jar"), "x");
        Files.writeString(drop.resolve("a.jar.part"), "x");
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.plugins()).isEmpty();
        }
    }

    @Test
    void aStaticPluginWinsOverADynamicOneWithTheSameId() throws IOException {
        probe().writeTo(drop.resolve("probe.jar"));
        Path onClassPath = probe().writeTo(folder.resolve("static.jar"));
        URL[] classPath = {onClassPath.toUri().toURL()};
        try (URLClassLoader loader = new OnlyThese(classPath);
                RunningHost host = RunningHost.start(folder, loader)) {
            assertThat(host.plugins())
                    .extracting(PluginStatus::origin, PluginStatus::state)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(PluginOrigin.STATIC, State.RUNNING),
                            org.assertj.core.groups.Tuple.tuple(PluginOrigin.DYNAMIC, State.FAILED));
            assertThat(host.plugins().getLast().reason().orElseThrow()).contains("static plugin");
            assertThat(host.get("/api/probe/text").body()).isEqualTo("text");
        }
    }

    /** A class path with the test classes, after one JAR. */
    private static final class OnlyThese extends URLClassLoader {
        OnlyThese(URL[] urls) {
            super(urls, DynamicPluginsTest.class.getClassLoader());
        }
    }

    @Test
    void theHostListsItsPlugins() {
        probe().writeTo(drop.resolve("probe.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/api/host/plugins").body())
                    .contains("\"id\":\"probe\"")
                    .contains("\"version\":\"1.0.0\"")
                    .contains("\"state\":\"RUNNING\"")
                    .contains("\"origin\":\"dynamic\"")
                    .contains("\"file\":\"probe.jar\"")
                    .contains("\"since\":\"");
        }
    }

    @Test
    void pluginsAreLoadedFromTheHostsOwnCopy() throws IOException {
        Path dropped = probe().writeTo(drop.resolve("probe.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            Files.writeString(dropped, "overwritten while it runs");

            assertThat(host.get("/api/probe/loader").statusCode()).isEqualTo(200);
        }
        assertThat(Files.list(folder.resolve("data/plugins"))).isEmpty();
    }
}
