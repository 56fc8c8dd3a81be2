package dev.belfry.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.belfry.host.CapturedLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PluginMetersTest {

    @Test
    void theNextGenerationsMetersStayWhenAGenerationStops() {
        try (Meters meters = Meters.ofProcess()) {
            PluginMeters first = meters.of("bell");
            first.registry().gauge("bell.tone", 1);
            first.registry().counter("bell.rings").increment();
            PluginMeters second = meters.of("bell");
            second.registry().gauge("bell.tone", 2);
            second.registry().counter("bell.rings").increment();

            assertThat(meters.scrape()).contains("bell_tone{plugin=\"bell\"} 2.0");
            first.close();
            second.registry().counter("bell.rings").increment();
            assertThat(meters.scrape())
                    .contains("bell_tone{plugin=\"bell\"} 2.0")
                    .contains("bell_rings_total{plugin=\"bell\"} 1.0");

            second.close();
            assertThat(meters.scrape()).doesNotContain("bell_");
        }
    }

    /** A generation that fails to start is closed while the one before still runs. */
    @Test
    void theMetersOfThePreviousGenerationReturnWhenItsReplacementIsAbandoned() {
        try (Meters meters = Meters.ofProcess()) {
            PluginMeters first = meters.of("bell");
            first.registry().gauge("bell.tone", 1);
            PluginMeters second = meters.of("bell");
            second.registry().gauge("bell.tone", 2);

            second.close();

            assertThat(meters.scrape()).contains("bell_tone{plugin=\"bell\"} 1.0");
        }
    }

    @Test
    void aReplacementCausesNoWarning() {
        // Micrometer logs the first duplicate of the process at WARN, and the others at DEBUG.
        ((Logger) LoggerFactory.getLogger(MeterRegistry.class)).setLevel(Level.DEBUG);
        CapturedLog log = CapturedLog.of(MeterRegistry.class);
        try (Meters meters = Meters.ofProcess()) {
            PluginMeters first = meters.of("bell");
            register(first.registry());
            PluginMeters second = meters.of("bell");
            register(second.registry());
            second.registry().gauge("bell.another", 1);

            first.close();

            assertThat(log.messages()).noneMatch(line -> line.contains("already registered"));
        }
    }

    private static void register(MeterRegistry registry) {
        registry.gauge("bell.tone", 1);
        TimeGauge.builder("bell.age", () -> 1, TimeUnit.SECONDS).register(registry);
        FunctionCounter.builder("bell.rings", 1, Integer::doubleValue).register(registry);
        FunctionTimer.builder("bell.echo", 1, Integer::longValue, Integer::doubleValue, TimeUnit.SECONDS)
                .register(registry);
    }
}
