package dev.belfry.api;

import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permissions;
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
 * What the host offers to one plugin, from its start to its stop.
 *
 * <p>Everything taken from here is entered in a ledger and undone by the host when the plugin stops, whatever the plugin
 * itself forgot. After the stop nothing more can be taken: such a call throws {@link IllegalStateException}. Safe for use by
 * several threads.
 *
 * @since 0.1
 */
public interface PluginContext {

    /** The plugin's id as its manifest gives it ({@code Plugin-Id}), such as {@code notifications}. */
    String id();

    /** The plugin's version as its manifest gives it ({@code Plugin-Version}). */
    String version();

    /** A logger named for the plugin. Its lines carry the plugin's id under the MDC key {@code plugin}. */
    Logger logger();

    /**
     * The plugin's part of the configuration (the top-level section named like its id), bound to a record.
     *
     * <p>Components may be strings, numbers, booleans, enums (matched without regard to case), {@link Secret}, {@link java.time.Duration}
     * and {@link java.time.Period} in ISO 8601, {@link java.nio.file.Path} (relative to the file that names it), other
     * records, and lists and maps of these. An absent key is {@code null} for a component marked {@code @Nullable}, an
     * empty {@link java.util.Optional}, list or map where that is the component's type, and a fault otherwise; give
     * defaults in the record's constructor.
     *
     * @param type a record class
     * @throws ConfigurationException naming every unknown, missing or wrongly typed key at once, with file and path
     */
    <T extends Record> T config(Class<T> type);

    /**
     * Declares the plugin's routes, below {@code /api/<id>}. May be called several times while the plugin starts.
     *
     * @throws IllegalStateException when the plugin has already started
     */
    void routes(Consumer<Routes> routes);

    /** This plugin's own database, created when it is first asked for. */
    Database database();

    /** Users and groups. */
    Catalog catalog();

    /** May a caller do something? For questions beyond the one that a route declares. */
    Permissions permissions();

    /** The host's clock. Tests move it by hand. */
    Clock clock();

    /** Runs work again and again until the plugin stops. */
    Scheduler scheduler();

    /**
     * Adds a check to the host's readiness. It is asked at each probe, must answer quickly, and may throw: that counts as
     * unhealthy with the exception's message.
     *
     * @param name short and unique within the plugin
     */
    void healthCheck(String name, HealthCheck check);

    /** Meters of this plugin; each carries the tag {@code plugin}. They are removed when the plugin stops. */
    MeterRegistry metrics();

    /**
     * Offers an implementation of an extension point, or of a port, to other plugins and to the host.
     *
     * <p>{@link Identity}, {@link Permissions} and {@link Catalog} take effect where the configuration names this plugin
     * for them, for example {@code ports.identity: <id>}.
     *
     * @param type an interface
     * @throws IllegalArgumentException when {@code type} is no interface
     */
    <T> void provide(Class<T> type, T implementation);

    /**
     * All implementations of an extension point that running plugins provide, as a live view: it changes as they come and
     * go. An element kept past its provider's stop throws {@link IllegalStateException} when called.
     *
     * @return never null, unmodifiable, in the order in which providers started; one walk through it sees one moment
     */
    <T> List<T> extensions(Class<T> type);

    /**
     * A port of this plugin's own, that another plugin may supply.
     *
     * <p>Where the configuration says {@code ports.<id>.<name>: <other plugin>}, calls go to what that plugin provides for
     * {@code type}, as a live view: also after that plugin has been replaced. This plugin starts only when the other one runs,
     * and is stopped with it. Otherwise the built-in adapter is used.
     *
     * @param name last part of the configuration key, such as {@code storage}
     * @param type the port, an interface
     * @param builtIn makes the adapter in this plugin's own JAR; called at most once
     * @throws IllegalStateException when the other plugin runs and does not provide {@code type}
     */
    <T> T port(String name, Class<T> type, Supplier<? extends T> builtIn);
}
