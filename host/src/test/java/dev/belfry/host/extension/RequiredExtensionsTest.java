package dev.belfry.host.extension;

import static dev.belfry.host.DropFolder.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.bells.AskingPlugin;
import dev.belfry.host.bells.CarillonPlugin;
import dev.belfry.host.bells.GreetingTowerPlugin;
import dev.belfry.host.bells.chimes.Chime;
import dev.belfry.host.bells.chimes.Strike;
import dev.belfry.host.lifecycle.State;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin requires what another one provides for each caller. */
class RequiredExtensionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private DropFolder drop;
    private RunningHost host;

    @BeforeEach
    void start() {
        drop = new DropFolder(folder);
        host = RunningHost.start(folder);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static PluginJar tower(String version) {
        return PluginJar.of(GreetingTowerPlugin.class, "tower", version)
                .classes(Chime.class)
                .classes(Strike.class)
                .attribute("Plugin-Exports", "dev.belfry.host.bells.chimes");
    }

    private static PluginJar dependent(Class<? extends Plugin> plugin, String id) {
        return PluginJar.of(plugin, id, "1.0.0").attribute("Plugin-Dependencies", "tower");
    }

    @Test
    void eachCallerGetsAnImplementationOfItsOwn() {
        drop.drop(tower("1.0.0"), "tower.jar");
        drop.drop(dependent(AskingPlugin.class, "ada"), "ada.jar");
        drop.drop(dependent(AskingPlugin.class, "bob"), "bob.jar");

        awaitAnswer(host, "/api/ada/sound", "1.0.0 for ada");
        awaitAnswer(host, "/api/bob/sound", "1.0.0 for bob");
    }

    @Test
    void callsGoToTheReplacementOfTheProvider() {
        drop.drop(tower("1.0.0"), "tower.jar");
        drop.drop(dependent(AskingPlugin.class, "ada"), "ada.jar");
        awaitAnswer(host, "/api/ada/sound", "1.0.0 for ada");
        String generation = host.plugin("ada").generation().orElseThrow();

        drop.drop(tower("2.0.0"), "tower.jar");

        awaitAnswer(host, "/api/ada/sound", "2.0.0 for ada");
        assertThat(host.plugin("ada").generation()).contains(generation);
    }

    @Test
    void aPluginDoesNotStartWithoutWhatItRequires() {
        drop.drop(
                PluginJar.of(AskingPlugin.class, "ada", "1.0.0")
                        .classes(Chime.class)
                        .classes(Strike.class),
                "ada.jar");

        assertThat(failureOf("ada"))
                .isEqualTo("it requires " + Chime.class.getName()
                        + ", which no running plugin provides; name the plugin that does in Plugin-Dependencies");
    }

    @Test
    void aPluginThatRequiresOneOfSeveralDoesNotStart() {
        drop.drop(tower("1.0.0"), "tower.jar");
        drop.drop(dependent(CarillonPlugin.class, "carillon"), "carillon.jar");
        awaitAnswer(host, "/api/carillon/sees/no.such.Class", "hidden");
        drop.drop(dependent(AskingPlugin.class, "ada"), "ada.jar");

        assertThat(failureOf("ada")).endsWith("which several plugins provide: tower, carillon");
    }

    private String failureOf(String id) {
        await().atMost(LIMIT)
                .until(() -> host.plugins().stream()
                        .anyMatch(plugin -> plugin.id().equals(id) && plugin.state() == State.FAILED));
        return host.plugin(id).reason().orElseThrow();
    }
}
