package dev.belfry.host.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UnknownPortsTest {

    private static final List<String> CLOUD = List.of("cloud");

    @Test
    void aPortThatThePluginDoesNotAskForIsNamedWithTheNearOne() {
        Extensions extensions =
                new Extensions(Map.of("bell.storage", CLOUD, "bell.storge", CLOUD, "bells.storage", CLOUD));
        extensions.port("bell", "bell.storage", Supplier.class, () -> null);

        assertThat(extensions.unknownPorts("bell"))
                .containsExactly(
                        "ports.bell.storge: the plugin 'bell' has no such port; did you mean 'storage'? The key has no"
                                + " effect");
    }
}
