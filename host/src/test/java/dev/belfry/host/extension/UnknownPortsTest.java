package dev.belfry.host.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UnknownPortsTest {

    @Test
    void aPortThatThePluginDoesNotAskForIsNamedWithTheNearOne() {
        Extensions extensions =
                new Extensions(Map.of("bell.storage", "cloud", "bell.storge", "cloud", "bells.storage", "cloud"));
        extensions.port("bell", "bell.storage", Supplier.class, () -> null);

        assertThat(extensions.unknownPorts("bell"))
                .containsExactly(
                        "ports.bell.storge: the plugin 'bell' has no such port; did you mean 'storage'? The key has no"
                                + " effect");
    }
}
