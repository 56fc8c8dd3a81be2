package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.ConfigurationException;
import dev.belfry.testkit.echo.EchoPlugin;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedConfigTest {

    @Test
    void thePluginGetsAChangeWhileItRuns() {
        try (TestHost host = TestHost.with(EchoPlugin.class).start()) {
            List<EchoPlugin.Echo> echoes = host.recordEvents(EchoPlugin.Echo.class);

            host.changeConfig("echo.times", 3);

            await().until(() -> {
                host.publish(new EchoPlugin.Call("ding"));
                return echoes.contains(new EchoPlugin.Echo("ding ding ding"));
            });
        }
    }

    @Test
    void aWrongValueIsRefused() {
        try (TestHost host = TestHost.with(EchoPlugin.class).start()) {
            assertThatThrownBy(() -> host.changeConfig("echo.times", "often"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("echo.times");
        }
    }
}
