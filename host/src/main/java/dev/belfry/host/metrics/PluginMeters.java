package dev.belfry.host.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;

/** The meters of one generation of a plugin. Closing takes them away: a gauge holds the plugin's class loader. */
public final class PluginMeters implements AutoCloseable {

    private final String pluginId;
    private final MeterRegistry host;
    private final Collection<PluginMeters> all;
    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();

    /** @param all those of every generation that lives */
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
        // The next generation shared the meters of the same names: it gets them anew, as its own.
        all.stream().filter(other -> other.pluginId.equals(pluginId)).forEach(PluginMeters::registerAnew);
    }

    private void registerAnew() {
        meters.remove(host);
        meters.add(host);
    }
}
