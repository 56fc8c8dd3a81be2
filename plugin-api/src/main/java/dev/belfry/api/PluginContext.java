package dev.belfry.api;

import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.CatalogSource;
import dev.belfry.api.database.Database;
import dev.belfry.api.event.Events;
import dev.belfry.api.health.HealthCheck;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.queue.QueueHandler;
import dev.belfry.api.queue.RetryPolicy;
import dev.belfry.api.scheduling.Scheduler;
import dev.belfry.api.web.Pages;
import dev.belfry.api.web.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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
     * records, {@code Object} for a value of any JSON type, and lists and maps of these. An absent key is {@code null} for a component marked {@code @Nullable}, an
     * empty {@link java.util.Optional}, list or map for a component of that type, and an error otherwise. {@code
     * false} in place of a duration that may be absent means none, also in a map of optional durations. Set defaults in the record's
     * constructor.
     *
     * @param type a record class
     * @throws ConfigurationException naming every unknown, missing or wrongly typed key, with file and path
     */
    <T extends Record> T config(Class<T> type);

    /**
     * As {@link #config(Class)}, also for changes while the plugin runs. Without this method, a changed section takes effect when the
     * plugin restarts.
     *
     * <p>The host reads the configuration files again when one of them changes, and when a plugin is restarted or enabled. If anything in
     * them is wrong, the previous configuration stays in force as a whole, and the log says why.
     *
     * @param receiver called now, on this thread, and then whenever the record differs from the last one, on another thread, one call at
     *     a time. It can be called while the plugin handles requests. A later exception is logged, and the plugin keeps running
     * @throws ConfigurationException naming every unknown, missing or wrongly typed key, with file and path
     * @since 0.2
     */
    <T extends Record> void config(Class<T> type, Consumer<? super T> receiver);

    /**
     * Declares the plugin's routes, below {@code /api/<id>}. May be called several times while the plugin starts.
     *
     * @throws IllegalStateException if the plugin has already started
     */
    void routes(Consumer<Routes> routes);

    /**
     * Mounts pages at a path of the host, outside {@code /api}. Can be called for several paths. The path is the plugin's until it
     * stops; a replacement of the plugin takes it over.
     *
     * @param path such as {@code /notifications}: up to three segments of lower-case letters, digits, {@code -}, {@code _} and
     *     {@code .}, which begin with a letter or digit
     * @throws IllegalArgumentException if the path is not of this form, or belongs to the host
     * @throws IllegalStateException if another plugin has this path, one above it or one below it; the message names that plugin. Also
     *     if the plugin has already started
     * @since 0.2
     */
    void pages(String path, Consumer<Pages> pages);

    /**
     * Accepts credentials in a header of their own for this plugin's routes, such as a {@link
     * dev.belfry.api.access.SharedSecret}. The host checks tokens first. A request without credentials then gets a 401 from
     * routes that are not public, and does not act as the guest.
     *
     * @throws IllegalStateException if the plugin has already started or has already declared such credentials
     * @since 0.2
     */
    void acceptCredentials(HeaderCredentials credentials);

    /**
     * The plugin's own database, created at the first call.
     *
     * @throws dev.belfry.api.database.DatabaseUnavailable if the database cannot be created because its server is unavailable
     */
    Database database();

    /** The users and groups. */
    Catalog catalog();

    /**
     * Publishes users and groups of this plugin to the catalog, for example from a directory. No effect if {@code ports.catalog} of the
     * configuration selects another catalog; the log then has a warning.
     *
     * @since 0.2
     */
    CatalogSource catalogSource();

    /** Permission checks beyond the one that a route declares. */
    Permissions permissions();

    /** The host's clock. Tests can set it. */
    Clock clock();

    /** Runs jobs repeatedly until the plugin stops. */
    Scheduler scheduler();

    /**
     * As {@link #queue(String, Class, RetryPolicy, QueueHandler)}, with {@link RetryPolicy#DEFAULT}.
     *
     * @since 0.2
     */
    default <T> DurableQueue<T> queue(String name, Class<T> type, QueueHandler<? super T> handler) {
        return queue(name, type, RetryPolicy.DEFAULT, handler);
    }

    /**
     * Declares a queue in the plugin's own database, while the plugin starts. Its payloads are handled from the time at which the plugin
     * serves requests until it stops, also payloads that another version of the plugin has put.
     *
     * <p>The host creates its own tables beside the plugin's ({@code belfry_scheduled_task}, {@code belfry_dead_letter}, {@code
     * belfry_schema_history}).
     *
     * @param name unique within the plugin: lower-case letters, digits and {@code -}
     * @param type a record or another class that Jackson writes as JSON and reads. Unknown fields are ignored; a new version has to
     *     read the payloads of the old one
     * @throws IllegalStateException if the plugin has already started
     * @throws dev.belfry.api.database.DatabaseUnavailable if the database is unavailable
     * @since 0.2
     */
    <T> DurableQueue<T> queue(String name, Class<T> type, RetryPolicy retries, QueueHandler<? super T> handler);

    /**
     * Adds a check to the host's readiness. The host calls it at each probe, so it must return quickly. An exception means
     * unhealthy; its message is the reason.
     *
     * @param name short and unique within the plugin
     */
    void healthCheck(String name, HealthCheck check);

    /**
     * A client for requests to other servers, always the same one. Use it as the one of the JDK ({@link HttpClient}).
     *
     * <p>It connects only to public addresses and to those in {@code belfry.outgoing.allow} of the configuration, so that a URL that
     * comes from a user cannot reach the host itself or its network. The host checks each address that it connects to, also after a
     * redirect; a refused request fails with an {@link java.io.IOException}.
     *
     * <p>Connecting takes at most 5 s, and a request with its response at most 30 s unless the request has its own {@code timeout}. The
     * client follows up to 5 redirects, though not from https to http, and sends {@code Authorization} and {@code Cookie} only to the
     * origin of the request. It uses HTTP/1.1, keeps the body of a request in memory, and has no cookies, proxies or WebSockets. The timer
     * {@code http.client.requests} measures it by {@code method} and {@code status}. The host ends its requests when the plugin
     * stops; {@link HttpClient#close} has no effect.
     *
     * @since 0.2
     */
    HttpClient httpClient();

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
     * Provides one implementation of an extension point for each plugin that uses it, for example to act in the name of that
     * plugin. The caller cannot choose the id: the host takes it from the context that the caller used.
     *
     * @param type an interface
     * @param implementation called once for each calling plugin, at its first use, with its id; {@code host} is the host itself
     * @throws IllegalArgumentException if {@code type} is not an interface
     * @since 0.2
     */
    <T> void providePerCaller(Class<T> type, Function<String, ? extends T> implementation);

    /**
     * The implementation of an extension point that one other plugin provides, for plugins that cannot work without it. Name that
     * plugin in {@code Plugin-Dependencies}, so that it starts before this one and stops after it.
     *
     * @return calls go to the running generation of the provider, also after its replacement. Without one, they throw an
     *     {@link dev.belfry.api.web.ApiError} with status 503
     * @throws IllegalArgumentException if {@code type} is not an interface
     * @throws IllegalStateException if no running plugin provides {@code type}, or if several plugins do
     * @since 0.2
     */
    <T> T require(Class<T> type);

    /**
     * All implementations of an extension point by running plugins, as a live view. After its provider has stopped, an
     * element throws {@link IllegalStateException}.
     *
     * @return never null, unmodifiable, in the order in which the providers started; an iteration sees a snapshot
     */
    <T> List<T> extensions(Class<T> type);

    /**
     * Events between plugins, in this process.
     *
     * @since 0.2
     */
    Events events();

    /**
     * A port of this plugin that another plugin can supply.
     *
     * <p>With {@code ports.<id>.<name>: <other plugin>} in the configuration, calls go to the implementation that the other
     * plugin provides for {@code type}, also after a replacement of that plugin. This plugin then starts after the other one
     * and stops before it. Without that key, calls go to the built-in adapter.
     *
     * @param name last part of the configuration key, such as {@code storage}; a constant, because the host reads it from
     *     the compiled class before the plugin starts, and refuses keys of ports that the plugin does not have
     * @param type the port, an interface
     * @param builtIn creates the adapter in this plugin's own JAR; called at most once
     * @throws IllegalStateException if the other plugin runs and does not provide {@code type}
     */
    <T> T port(String name, Class<T> type, Supplier<? extends T> builtIn);
}
