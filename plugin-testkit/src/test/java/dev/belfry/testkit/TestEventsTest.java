package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.testkit.echo.EchoPlugin;
import java.time.Duration;
import java.time.Instant;
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

    @Test
    void theManualClockAdvancesTheRetriesOfAQueue() {
        ManualClock clock = ManualClock.at(Instant.parse("2030-01-01T00:00:00Z"));
        try (TestHost host = TestHost.with(EchoPlugin.class).clock(clock).start()) {
            List<EchoPlugin.Echo> echoes = host.recordEvents(EchoPlugin.Echo.class);

            host.publish(new EchoPlugin.Call("hoarse"));

            await().until(() -> {
                clock.advance(Duration.ofMinutes(1));
                return !echoes.isEmpty();
            });
            assertThat(echoes).containsExactly(new EchoPlugin.Echo("hoarse hoarse"));
        }
    }
}
