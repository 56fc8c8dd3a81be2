package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.config.Config;
import dev.belfry.host.config.ConfigFolder;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortFaultsTest {

    @TempDir
    Path folder;

    private PortFaults ports;

    @BeforeEach
    void read() {
        ConfigFolder files = new ConfigFolder(folder);
        files.file("app.yaml", """
                ports:
                  bell.storage: cloud
                  bell:
                    storge: cloud
                    clock: cloud
                  bells.storage: cloud
                  catalog: directory
                  identity: [directory, belfry]
                """);
        Config config = files.load("app.yaml");
        ports = new PortFaults(HostSettings.from(config).ports(), config);
    }

    public static final class BellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.port("storage", Runnable.class, () -> () -> {});
        }
    }

    public static final class ComputingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.port(context.id() + "-storage", Runnable.class, () -> () -> {});
        }
    }

    public static final class SilentPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {}
    }

    @Test
    void aPortThatThePluginDoesNotHaveIsNamedWithTheNearOne() throws Exception {
        assertThat(ports.faults("bell", jarOf(BellPlugin.class)))
                .containsExactly(
                        "app.yaml:5: ports.bell.clock: the plugin 'bell' has no such port; its ports: storage",
                        "app.yaml:4: ports.bell.storge: the plugin 'bell' has no such port; did you mean 'storage'? its ports: storage");
        assertThat(ports.faults("bells", jarOf(BellPlugin.class))).isEmpty();
        assertThat(ports.faults("bells", jarOf(SilentPlugin.class)))
                .containsExactly("app.yaml:6: ports.bells.storage: the plugin 'bells' has no ports");
    }

    @Test
    void aPortWhoseNameIsComputedCannotBeConfigured() throws Exception {
        assertThat(ports.faults("bells", jarOf(ComputingPlugin.class)))
                .containsExactly(
                        "app.yaml:6: ports.bells.storage: the code of the plugin 'bells' computes the names of its ports, so"
                                + " they cannot be configured; its author must write them as constants");
        assertThat(ports.faults("tower", jarOf(ComputingPlugin.class))).isEmpty();
    }

    public static final class DirectoryPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.provide(Catalog.class, context.catalog());
        }
    }

    @Test
    void aSupplierOfAPortOfTheHostHasToProvideIt() throws Exception {
        assertThat(ports.faults("directory", jarOf(DirectoryPlugin.class)))
                .containsExactly(
                        "app.yaml:8: ports.identity: the plugin 'directory' does not provide dev.belfry.api.access.Identity");
        assertThat(ports.faults("directory", jarOf(SilentPlugin.class))).hasSize(2);
        assertThat(ports.faults("bell", jarOf(SilentPlugin.class))).noneMatch(fault -> fault.contains("identity"));
    }

    @Test
    void aSupplierOfAPortOfAPluginHasToProvideItsType() throws Exception {
        URL storing = jarOf(BellPlugin.class, "bell.jar");
        URL providing = jarOf(RunningPlugin.class, "cloud.jar");
        URL silent = jarOf(SilentPlugin.class, "silent.jar");

        assertThat(ports.notSupplied("bell", storing, id -> List.of(silent)))
                .containsExactly(
                        "app.yaml:3: ports.bell.storage: the plugin 'cloud' does not provide java.lang.Runnable");
        assertThat(ports.notSupplied("bell", storing, id -> List.of(silent, providing)))
                .as("one of two versions provides it")
                .isEmpty();
        assertThat(ports.notSupplied("bell", storing, id -> List.of()))
                .as("it is not there")
                .isEmpty();
    }

    public static final class RunningPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.provide(Runnable.class, () -> {});
        }
    }

    private URL jarOf(Class<? extends Plugin> type) throws IOException {
        return jarOf(type, "plugin.jar");
    }

    private URL jarOf(Class<? extends Plugin> type, String file) throws IOException {
        Path jar = folder.resolve(file);
        PluginJar.of(type, "plugin", "1.0.0").writeTo(jar);
        return jar.toUri().toURL();
    }
}
