package dev.belfry.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

            first.close();
            second.registry().counter("bell.rings").increment();
            assertThat(meters.scrape())
                    .contains("bell_tone{plugin=\"bell\"} 2.0")
                    .contains("bell_rings_total{plugin=\"bell\"} 1.0");

            second.close();
            assertThat(meters.scrape()).doesNotContain("bell_");
        }
    }
}
