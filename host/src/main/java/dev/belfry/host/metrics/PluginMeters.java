package dev.belfry.host.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;

/** The meters of one plugin generation. Closing removes them: a gauge references the plugin's class loader. */
public final class PluginMeters implements AutoCloseable {

    private final String pluginId;
    private final MeterRegistry host;
    private final Collection<PluginMeters> all;
    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();

    /** @param all meters of every running generation */
    PluginMeters(String pluginId, MeterRegistry host, Collection<PluginMeters> all) {
        this.pluginId = pluginId;
        this.host = host;
        this.all = all;
        meters.config().commonTags("plugin", pluginId);
        meters.add(host);
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
        all.stream().filter(other -> other.pluginId.equals(pluginId)).forEach(PluginMeters::registerAnew);
    }

    private void registerAnew() {
        meters.remove(host);
        meters.add(host);
    }
}
