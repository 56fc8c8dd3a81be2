package dev.belfry.host.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/** The meters of one generation of a plugin. Closing takes them away: a gauge holds the plugin's class loader. */
public final class PluginMeters implements AutoCloseable {

    private final CompositeMeterRegistry meters;
    private final MeterRegistry host;

    PluginMeters(CompositeMeterRegistry meters, MeterRegistry host) {
        this.meters = meters;
        this.host = host;
    }

    public MeterRegistry registry() {
        return meters;
    }

    @Override
    public void close() {
        meters.getMeters().forEach(meter -> host.remove(meter.getId()));
        meters.remove(host);
    }
}
