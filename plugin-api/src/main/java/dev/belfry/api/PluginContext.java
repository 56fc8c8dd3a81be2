package dev.belfry.api;

import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.database.Database;
import dev.belfry.api.health.HealthCheck;
import dev.belfry.api.scheduling.Scheduler;
import dev.belfry.api.web.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * The services of the host for one plugin, from its start to its stop.
 *
 * <p>The host records all registrations and undoes them when the plugin stops. After the stop, each method throws
 * {@link IllegalStateException}. Instances are thread-safe.
 *
 * @since 0.1
 */
public interface PluginContext {

    /** The plugin's id from its manifest ({@code Plugin-Id}), such as {@code notifications}. */
    String id();

    /** The plugin's version from its manifest ({@code Plugin-Version}). */
    String version();

    /** A logger named for the plugin. Its lines carry the plugin's id under the MDC key {@code plugin}. */
    Logger logger();

    /**
     * The plugin's section of the configuration (the top-level key equal to its id), bound to a record.
     *
     * <p>Components may be strings, numbers, booleans, enums (matched without regard to case), {@link Secret}, {@link java.time.Duration}
     * and {@link java.time.Period} in ISO 8601, {@link java.nio.file.Path} (relative to the file that names it), other
     * records, and lists and maps of these. An absent key is {@code null} for a component marked {@code @Nullable}, an
     * empty {@link java.util.Optional}, list or map for a component of that type, and an error otherwise. Set defaults in
     * the record's constructor.
     *
     * @param type a record class
     * @throws ConfigurationException naming every unknown, missing or wrongly typed key, with file and path
     */
    <T extends Record> T config(Class<T> type);

    /**
     * Declares the plugin's routes, below {@code /api/<id>}. May be called several times while the plugin starts.
     *
     * @throws IllegalStateException if the plugin has already started
     */
    void routes(Consumer<Routes> routes);

    /**
     * Accepts a shared secret as credentials for this plugin's routes. The host checks tokens first. A request without
     * credentials then gets a 401 from routes that are not public, and does not act as the guest.
     *
     * <p>The log warns of a secret with fewer than 16 characters.
     *
     * @throws IllegalStateException if the plugin has already started or has already declared a secret
     * @since 0.2
     */
    void acceptSharedSecret(SharedSecret secret);

    /** The plugin's own database, created at the first call. */
    Database database();

    /** The users and groups. */
    Catalog catalog();

    /** Permission checks beyond the one that a route declares. */
    Permissions permissions();

    /** The host's clock. Tests can set it. */
    Clock clock();

    /** Runs jobs repeatedly until the plugin stops. */
    Scheduler scheduler();

    /**
     * Adds a check to the host's readiness. The host calls it at each probe, so it must return quickly. An exception means
     * unhealthy; its message is the reason.
     *
     * @param name short and unique within the plugin
     */
    void healthCheck(String name, HealthCheck check);

    /** The plugin's meters. Each has the tag {@code plugin}. The host removes them when the plugin stops. */
    MeterRegistry metrics();

    /**
     * Provides an implementation of an extension point or a port to other plugins and to the host.
     *
     * <p>{@link Identity}, {@link Permissions} and {@link Catalog} take effect if the configuration selects this plugin as
     * the supplier, for example {@code ports.identity: <id>}.
     *
     * @param type an interface
     * @throws IllegalArgumentException if {@code type} is not an interface
     */
    <T> void provide(Class<T> type, T implementation);

    /**
     * All implementations of an extension point by running plugins, as a live view. After its provider has stopped, an
     * element throws {@link IllegalStateException}.
     *
     * @return never null, unmodifiable, in the order in which the providers started; an iteration sees a snapshot
     */
    <T> List<T> extensions(Class<T> type);

    /**
     * A port of this plugin that another plugin can supply.
     *
     * <p>With {@code ports.<id>.<name>: <other plugin>} in the configuration, calls go to the implementation that the other
     * plugin provides for {@code type}, also after a replacement of that plugin. This plugin then starts after the other one
     * and stops before it. Without that key, calls go to the built-in adapter.
     *
     * @param name last part of the configuration key, such as {@code storage}
     * @param type the port, an interface
     * @param builtIn creates the adapter in this plugin's own JAR; called at most once
     * @throws IllegalStateException if the other plugin runs and does not provide {@code type}
     */
    <T> T port(String name, Class<T> type, Supplier<? extends T> builtIn);
}
