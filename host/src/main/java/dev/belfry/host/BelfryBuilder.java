package dev.belfry.host;

import dev.belfry.api.Plugin;
import dev.belfry.host.config.Config;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.tracing.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Starts a host inside an application. Every method returns this builder; each is optional.
 *
 * <pre>{@code
 * Belfry belfry = Belfry.builder()
 *         .config("backend.listen.port", 0)
 *         .plugin("bells", Bells.class, () -> new Bells(registry))
 *         .start();
 * }</pre>
 */
public final class BelfryBuilder {

    private final List<Path> files = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, PluginDiscovery.Supplied> plugins = new LinkedHashMap<>();
    private Map<String, String> environment = System.getenv();
    private ClassLoader classPath = Belfry.class.getClassLoader();
    private Tracing tracing = Tracing.off();

    BelfryBuilder() {}

    /** Adds a configuration file. It overrides the files before it. */
    public BelfryBuilder configFile(Path file) {
        files.add(file);
        return this;
    }

    /**
     * Sets a configuration value. It overrides all files and earlier values; an object is merged with theirs key by key. Variables
     * {@code APP_CONFIG_...} of the environment override it.
     *
     * @param path dotted, such as {@code backend.listen.port}
     * @param value String, Integer, Long, Double, Boolean, Path, Duration, URI, Enum, List, Set or Map. References such as {@code
     *     ${NAME}} are not resolved. Relative paths refer to the working directory of the process
     */
    public BelfryBuilder config(String path, Object value) {
        // Again at the end: an object of the whole section must not override a key that was set after it.
        values.remove(path);
        values.put(path, value);
        return this;
    }

    /** Variables for {@code ${NAME}} and {@code APP_CONFIG_...}, in place of the environment of the process. */
    public BelfryBuilder environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /** Where the host looks for static plugins; by default the class loader of Belfry. */
    public BelfryBuilder classPath(ClassLoader loader) {
        classPath = loader;
        return this;
    }

    /**
     * Records spans of requests, calls of plugins, statements, jobs and outgoing requests. The host does not read {@code
     * GlobalOpenTelemetry} or {@code OTEL_} variables. The application closes its SDK after the host.
     */
    public BelfryBuilder openTelemetry(OpenTelemetry telemetry) {
        tracing = Tracing.with(telemetry, HostVersion.current());
        return this;
    }

    /**
     * Adds a plugin that the application creates. It needs no manifest, no service file, and no constructor without parameters. A
     * plugin of the class path with the same id is not used.
     *
     * @param type a class of the plugin; the plugin's files, such as migrations, are in the same JAR or folder
     * @param creation returns a new object for each start, also for a restart of the plugin
     * @param dependencies ids of the plugins that start before it, in the form of {@code Plugin-Dependencies}
     * @throws IllegalArgumentException if another plugin was added with this id
     */
    public <P extends Plugin> BelfryBuilder plugin(
            String id, Class<P> type, Supplier<? extends P> creation, String... dependencies) {
        return add(new PluginDiscovery.Supplied(id, type, creation, List.of(dependencies)));
    }

    /** As {@link #plugin(String, Class, Supplier, String...)}, for one object. It starts once: a restart of the plugin is refused. */
    public BelfryBuilder plugin(String id, Plugin plugin, String... dependencies) {
        AtomicBoolean created = new AtomicBoolean();
        Supplier<Plugin> once = () -> {
            if (created.getAndSet(true)) {
                throw new IllegalStateException(
                        "the application passed one object of this plugin, which can start once;"
                                + " to permit a restart, pass a supplier to BelfryBuilder.plugin");
            }
            return plugin;
        };
        return add(new PluginDiscovery.Supplied(id, plugin.getClass(), once, List.of(dependencies)));
    }

    private BelfryBuilder add(PluginDiscovery.Supplied plugin) {
        if (plugins.putIfAbsent(plugin.id(), plugin) != null) {
            throw new IllegalArgumentException(
                    "the plugin '" + plugin.id() + "' was added before; give each plugin an id of its own");
        }
        return this;
    }

    /**
     * Starts the host. Returns when the server listens and each plugin has started or failed.
     *
     * @throws dev.belfry.api.ConfigurationException naming every problem of the configuration
     * @throws IllegalArgumentException naming a value that no configuration can have, or a plugin with an invalid id or dependency
     */
    public Belfry start() {
        Config config = Config.load(files, values, environment, Path.of("").toAbsolutePath());
        return Belfry.start(config, classPath, Clock.systemUTC(), List.copyOf(plugins.values()), tracing);
    }
}
