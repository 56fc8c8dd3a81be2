package dev.belfry.host.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** All meters of the process. */
public final class Meters implements AutoCloseable {

    private static final String REQUESTS = "http.server.requests";

    private final Collection<PluginMeters> ofPlugins = new CopyOnWriteArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** A registry with the JVM's meters. */
    public static Meters ofProcess() {
        Meters meters = new Meters();
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters.registry));
        return meters;
    }

    /** The host's own registry. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Registers a gauge of the host. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** The registry of a plugin: its meters are tagged with its id and removed together. */
    public PluginMeters of(String pluginId) {
        return new PluginMeters(pluginId, registry, ofPlugins);
    }

    /**
     * The requests to a plugin since the host started.
     *
     * @param errors responses with 5xx
     */
    public record Requests(long count, long errors) {}

    public Requests requestsOf(String pluginId) {
        long count = 0;
        long errors = 0;
        for (Timer timer : registry.find(REQUESTS).tag("plugin", pluginId).timers()) {
            count += timer.count();
            errors += String.valueOf(timer.getId().getTag("status")).startsWith("5") ? timer.count() : 0;
        }
        return new Requests(count, errors);
    }

    /** In Prometheus' text format, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
