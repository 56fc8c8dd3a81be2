package dev.belfry.host.lifecycle;

import static dev.belfry.host.DropFolder.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.bells.CarillonPlugin;
import dev.belfry.host.bells.TellingTowerPlugin;
import dev.belfry.host.bells.TowerPlugin;
import dev.belfry.host.bells.chimes.Chime;
import dev.belfry.host.bells.chimes.Hour;
import dev.belfry.host.bells.chimes.Strike;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plugin provides an extension point, another one contributes to it, and both start and stop. */
class ContractsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CHIMES = "dev.belfry.host.bells.chimes";

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
        return exporting(TowerPlugin.class, "tower", version);
    }

    private static PluginJar exporting(Class<? extends Plugin> plugin, String id, String version) {
        return PluginJar.of(plugin, id, version)
                .classes(Chime.class)
                .classes(Strike.class)
                .attribute("Plugin-Exports", CHIMES);
    }

    private static PluginJar carillon(String version) {
        return PluginJar.of(CarillonPlugin.class, "carillon", version)
                .attribute("Plugin-Dependencies", "tower@>=1.0.0 & <3.0.0");
    }

    private void dropBoth() {
        drop.drop(tower("1.0.0"), "tower.jar");
        drop.drop(carillon("1.0.0"), "carillon.jar");
        awaitAnswer(host, "/api/tower/chimes", "[\"carillon 1.0.0\"]");
    }

    private String count() {
        return host.send("POST", "/api/carillon/count", BodyPublishers.noBody()).body();
    }

    private String generation(String id) {
        return host.plugin(id).generation().orElse("none");
    }

    private void awaitVersion(String id, String version) {
        await().atMost(LIMIT)
                .until(() -> host.plugins().stream()
                        .anyMatch(plugin -> plugin.id().equals(id)
                                && plugin.version().equals(version)
                                && plugin.state() == State.RUNNING));
    }

    @Test
    void extensionsAppearAndDisappearWithTheirPlugin() {
        drop.drop(tower("1.0.0"), "tower.jar");
        awaitAnswer(host, "/api/tower/chimes", "[]");

        drop.drop(carillon("1.0.0"), "carillon.jar");
        awaitAnswer(host, "/api/tower/chimes", "[\"carillon 1.0.0\"]");
        drop.drop(carillon("2.0.0"), "carillon.jar");
        awaitAnswer(host, "/api/tower/chimes", "[\"carillon 2.0.0\"]");
        drop.remove("carillon.jar");
        awaitAnswer(host, "/api/tower/chimes", "[]");
    }

    @Test
    void aReferenceToAStoppedPluginFails() {
        dropBoth();
        host.send("POST", "/api/tower/keep", BodyPublishers.noBody());
        assertThat(host.get("/api/tower/kept").body()).isEqualTo("carillon 1.0.0");

        drop.remove("carillon.jar");
        awaitAnswer(host, "/api/tower/kept", "plugin 'carillon' has stopped");
    }

    @Test
    void dependentsKeepRunningWhenTheExportsStayTheSame() {
        dropBoth();
        assertThat(count()).isEqualTo("1");
        String before = generation("carillon");

        drop.drop(tower("2.0.0"), "tower.jar");
        awaitVersion("tower", "2.0.0");

        awaitAnswer(host, "/api/tower/chimes", "[\"carillon 1.0.0\"]");
        assertThat(count()).isEqualTo("2");
        assertThat(generation("carillon")).isEqualTo(before);
    }

    @Test
    void dependentsRestartWhenTheExportsChange() {
        dropBoth();
        assertThat(count()).isEqualTo("1");
        String before = generation("carillon");

        drop.drop(tower("2.0.0").classes(Hour.class), "tower.jar");
        awaitVersion("tower", "2.0.0");

        awaitAnswer(host, "/api/tower/chimes", "[\"carillon 1.0.0\"]");
        assertThat(generation("carillon")).isNotEqualTo(before);
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void aDependentSeesOnlyTheExportedPackages() {
        dropBoth();

        assertThat(host.get("/api/carillon/sees/" + Chime.class.getName()).body())
                .isEqualTo("contract");
        assertThat(host.get("/api/carillon/sees/" + TowerPlugin.class.getName()).body())
                .isEqualTo("hidden");
    }

    @Test
    void aDependencyOutsideOfTheVersionRangeIsNotUsed() {
        dropBoth();
        drop.drop(tower("3.0.0"), "tower.jar");
        awaitVersion("tower", "3.0.0");
        await().atMost(LIMIT).until(() -> host.plugin("carillon").state() == State.FAILED);

        assertThat(host.plugin("carillon").reason()).contains("it depends on 'tower' >=1.0.0 & <3.0.0, and 3.0.0 runs");
        drop.drop(tower("2.9.0"), "tower.jar");
        awaitAnswer(host, "/api/tower/chimes", "[\"carillon 1.0.0\"]");
    }

    @Test
    void anOptionalDependencyMayBeAbsentAndMayArriveLater() {
        drop.drop(
                PluginJar.of(CarillonPlugin.class, "carillon", "1.0.0").attribute("Plugin-Dependencies", "tower?"),
                "carillon.jar");
        await().atMost(LIMIT).until(() -> host.plugins().stream().anyMatch(plugin -> plugin.state() == State.FAILED));
        assertThat(host.plugin("carillon").reason().orElse("")).contains("a class is missing", "Chime");

        drop.drop(tower("1.0.0"), "tower.jar");
        awaitAnswer(host, "/api/tower/chimes", "[\"carillon 1.0.0\"]");
    }

    @Test
    void anExportedClassThatRefersToHiddenClassesIsRefused() {
        drop.drop(
                PluginJar.of(TellingTowerPlugin.class, "telling", "1.0.0")
                        .attribute("Plugin-Exports", "dev.belfry.host.bells"),
                "telling.jar");
        await().atMost(LIMIT).until(() -> !host.plugins().isEmpty());

        assertThat(host.plugin("telling").reason().orElse(""))
                .contains("the exported class " + TellingTowerPlugin.class.getName(), "names org.jooq.SQLDialect");
    }

    @Test
    void aMissingExportedPackageIsRefused() {
        drop.drop(PluginJar.of(TowerPlugin.class, "tower", "1.0.0").attribute("Plugin-Exports", CHIMES), "tower.jar");
        await().atMost(LIMIT).until(() -> !host.plugins().isEmpty());

        assertThat(host.plugin("tower").reason())
                .contains("Plugin-Exports names the package " + CHIMES + ", of which it has no class");
    }
}
