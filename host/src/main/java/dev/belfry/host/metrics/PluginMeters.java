package dev.belfry.host.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** The meters of one plugin generation. Closing removes them: a gauge references the plugin's class loader. */
public final class PluginMeters implements AutoCloseable {

    private final String pluginId;
    private final MeterRegistry host;
    private final Collection<PluginMeters> all;
    private final ReplacingRegistry meters;

    /** @param all meters of every running generation */
    PluginMeters(String pluginId, MeterRegistry host, Collection<PluginMeters> all) {
        this.pluginId = pluginId;
        this.host = host;
        this.all = all;
        meters = new ReplacingRegistry(host);
        meters.config().commonTags("plugin", pluginId);
        all.add(this);
    }

    public MeterRegistry registry() {
        return meters;
    }

    @Override
    public void close() {
        all.remove(this);
        meters.remove(host);
        meters.getMeters().forEach(meter -> host.remove(meter.getId()));
        // The next generation shares meters of the same names, so they are registered again for it.
        all.stream().filter(other -> other.pluginId.equals(pluginId)).forEach(other -> other.meters.registerAnew());
    }
}
