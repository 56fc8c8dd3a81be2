package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.testkit.echo.EchoPlugin;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestEventsTest {

    @Test
    void aTestPublishesEventsToThePluginAndRecordsItsEvents() {
        try (TestHost host = TestHost.with(EchoPlugin.class).start()) {
            List<EchoPlugin.Echo> echoes = host.recordEvents(EchoPlugin.Echo.class);

            host.publish(new EchoPlugin.Call("ding"));

            await().until(() -> !echoes.isEmpty());
            assertThat(echoes).containsExactly(new EchoPlugin.Echo("ding ding"));
        }
    }
}
