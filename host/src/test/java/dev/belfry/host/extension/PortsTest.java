package dev.belfry.host.extension;

import static dev.belfry.host.DropFolder.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.FailureClass;
import dev.belfry.host.lifecycle.State;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins that supply ports of the host start, change and stop while it runs. */
class PortsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Accepts {@code Bearer bell:<name>}. */
    public static final class BellIdentityPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.provide(Identity.class, credentials -> {
                Optional<String> header = credentials.header("Authorization");
                if (header.isPresent() && !header.get().startsWith("Bearer bell:")) {
                    throw new AuthenticationFailed("that is no bell");
                }
                return header.map(text -> EntityRef.parse(text.substring("Bearer bell:".length()), "user"))
                        .map(Caller::user);
            });
        }
    }

    /** Allows users what begins with the first letter of their name. */
    public static final class LetterPermissionsPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.provide(
                    Permissions.class,
                    (caller, plugin, permission) -> caller instanceof Caller.User user
                            && plugin.startsWith(user.ref().name().substring(0, 1)));
        }
    }

    @TempDir
    private Path folder;

    private DropFolder drop;

    @BeforeEach
    void dropTheProbe() {
        drop = new DropFolder(folder);
        drop.drop(PluginJar.of(ProbePlugin.class, "probe", "1.0.0"), "probe.jar");
    }

    private RunningHost start(String ports) {
        return RunningHost.start(folder, "ports: " + ports, "permission: { enabled: true }");
    }

    private static PluginJar bellIdentity(String version) {
        return PluginJar.of(BellIdentityPlugin.class, "bell-identity", version);
    }

    private static HttpResponse<String> callerOf(RunningHost host, String token) {
        return host.get("/api/probe/caller", "Authorization", "Bearer " + token);
    }

    @Test
    void aPluginMaySupplyIdentityAtRuntime() {
        try (RunningHost host = start("{ identity: bell-identity }")) {
            HttpResponse<String> early = callerOf(host, "bell:guest");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).isPresent();
            assertThat(early.body()).contains("the port 'identity' is to be supplied by the plugin 'bell-identity'");
            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(host.get("/livez").statusCode()).isEqualTo(200);

            drop.drop(bellIdentity("1.0.0"), "identity.jar");
            await().atMost(LIMIT).until(() -> callerOf(host, "bell:guest").statusCode() == 200);
            assertThat(callerOf(host, "bell:guest").body()).isEqualTo("user:default/guest");
            assertThat(callerOf(host, "gong:guest").statusCode()).isEqualTo(401);
            assertThat(callerOf(host, "gong:guest").body()).contains("that is no bell");
            assertThat(callerOf(host, "bell:stranger").statusCode()).isEqualTo(401);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    /** Not even as a guest: without identity, no caller is accepted. */
    @Test
    void withoutItsSupplierIdentityIsUnavailable() {
        drop.drop(bellIdentity("1.0.0"), "identity.jar");
        try (RunningHost host = start("{ identity: bell-identity }")) {
            await().atMost(LIMIT).until(() -> host.get("/api/probe/caller").statusCode() == 200);
            drop.remove("identity.jar");
            await().atMost(LIMIT).until(() -> callerOf(host, "bell:guest").statusCode() == 503);

            assertThat(host.get("/api/probe/caller").statusCode()).isEqualTo(503);
            assertThat(host.get("/api/probe/text").body()).isEqualTo("text");
        }
    }

    @Test
    void noCallFailsWhileTheSupplierIsReplaced() throws Exception {
        drop.drop(bellIdentity("1.0.0"), "identity.jar");
        try (RunningHost host = start("{ identity: bell-identity }")) {
            await().atMost(LIMIT).until(() -> callerOf(host, "bell:guest").statusCode() == 200);
            AtomicBoolean done = new AtomicBoolean();
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            Thread load = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    HttpResponse<String> answer = callerOf(host, "bell:guest");
                    if (answer.statusCode() != 200) {
                        failures.add(answer.statusCode() + " " + answer.body());
                    }
                }
            });
            for (int i = 2; i <= 8; i++) {
                String version = i + ".0.0";
                drop.drop(bellIdentity(version), "identity.jar");
                await().atMost(LIMIT)
                        .until(() -> host.plugin("bell-identity").version().equals(version)
                                && host.plugin("bell-identity").generation().isPresent());
            }
            done.set(true);
            load.join();

            assertThat(failures).isEmpty();
        }
    }

    @Test
    void aPluginMaySupplyPermissions() {
        drop.drop(PluginJar.of(LetterPermissionsPlugin.class, "letters", "1.0.0"), "letters.jar");
        drop.drop(PluginJar.of(ProbePlugin.class, "gallery", "1.0.0"), "gallery.jar");
        try (RunningHost host = start("{ permission: letters }")) {
            awaitAnswer(host, "/api/gallery/secret", "secret");

            assertThat(host.get("/api/probe/secret").statusCode()).isEqualTo(403);
            drop.remove("letters.jar");
            await().atMost(LIMIT).until(() -> host.get("/api/gallery/secret").statusCode() == 503);
        }
    }

    /** Asks for one port. */
    public static final class TowerPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.port("clockwork", Runnable.class, () -> () -> {});
        }
    }

    @Test
    void aPluginWhoseSupplierDoesNotProvideItsPortFails() {
        drop.drop(PluginJar.of(TowerPlugin.class, "tower", "1.0.0"), "tower.jar");
        try (RunningHost host = start("{ tower.clockwork: probe }")) {
            assertThat(host.plugin("tower").reason().orElseThrow())
                    .matches("[^ ]*\\.yaml:\\d+: ports\\.tower\\.clockwork: the plugin 'probe' does not provide"
                            + " java\\.lang\\.Runnable");
            assertThat(host.plugin("tower").failure()).contains(FailureClass.CONFIGURATION);
        }
    }

    @Test
    void thatAPluginSuppliesItsOwnPortMayBeWritten() {
        drop.drop(PluginJar.of(TowerPlugin.class, "tower", "1.0.0"), "tower.jar");
        try (RunningHost host = start("{ tower.clockwork: tower }")) {
            assertThat(host.plugin("tower").state()).isEqualTo(State.RUNNING);
        }
    }

    @ParameterizedTest
    @CsvSource({"probe, it runs", "absent, its supplier does not run"})
    void aPluginThatDoesNotHaveAConfiguredPortFails(String supplier, String why) {
        drop.drop(PluginJar.of(TowerPlugin.class, "tower", "1.0.0"), "tower.jar");
        CapturedLog log = CapturedLog.of("dev.belfry.host");
        try (RunningHost host = start("{ tower.clockwrok: " + supplier + " }")) {
            String fault =
                    "[^ ]*\\.yaml:\\d+: ports\\.tower\\.clockwrok: the plugin 'tower' has no such port; did you mean"
                            + " 'clockwork'\\? its ports: clockwork\\. Correct the configuration, and restart the host";
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("no such port"))
                    .as(why)
                    .singleElement(STRING)
                    .matches("plugin tower 1\\.0\\.0 \\(tower\\.jar\\) failed: " + fault);
            assertThat(host.plugin("tower").state()).isEqualTo(State.FAILED);
            assertThat(host.plugin("tower").failure()).contains(FailureClass.CONFIGURATION);
            assertThat(host.get("/api/tower/anything").statusCode()).isEqualTo(503);
        }
    }
}
