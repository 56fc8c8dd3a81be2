package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.Config;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.description.DescribedPermissions;
import dev.belfry.host.description.PluginDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownPortsTest {

    @TempDir
    Path folder;

    private UnknownPorts ports;

    @BeforeEach
    void read() {
        ConfigFolder files = new ConfigFolder(folder);
        files.file("app.yaml", """
                ports:
                  bell.storage: cloud
                  bell:
                    storge: cloud
                  bells.storage: cloud
                """);
        Config config = files.load("app.yaml");
        ports = new UnknownPorts(HostSettings.from(config).ports(), config);
    }

    @Test
    void aPortThatThePluginDoesNotAskForIsNamedWithTheNearOne() {
        assertThat(ports.warnings("bell", Set.of("storage")))
                .containsExactly(
                        "app.yaml:4: ports.bell.storge: the plugin 'bell' has no such port; did you mean 'storage'? The"
                                + " key has no effect");
    }

    @Test
    void theDescriptionsOfAllVersionsCount() {
        assertThat(ports.warnings("bell", List.of(asking("storage"), asking("storge"))))
                .isEmpty();
        assertThat(ports.warnings("bell", List.of(asking("storage")))).hasSize(1);
        assertThat(ports.warnings("bell", List.of())).isEmpty();
    }

    @Test
    void aPortWhoseNameIsComputedIsNotChecked() {
        assertThat(ports.warnings("bells", List.of(describing(Optional.empty()))))
                .containsExactly(
                        "app.yaml:5: ports.bells.storage: is not checked: the names of the ports of the plugin 'bells' are"
                                + " known only when it runs, because its code computes them");
    }

    private static PluginDescription asking(String port) {
        return describing(Optional.of(Set.of(port)));
    }

    private static PluginDescription describing(Optional<Set<String>> ports) {
        return new PluginDescription(Optional.of(new DescribedPermissions(List.of())), false, ports);
    }
}
