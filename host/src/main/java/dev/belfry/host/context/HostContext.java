package dev.belfry.host.context;

import dev.belfry.api.PluginContext;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.CatalogSource;
import dev.belfry.api.event.Events;
import dev.belfry.api.health.HealthCheck;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.queue.QueueHandler;
import dev.belfry.api.queue.RetryPolicy;
import dev.belfry.api.scheduling.Scheduler;
import dev.belfry.api.web.Pages;
import dev.belfry.api.web.Routes;
import dev.belfry.host.database.Databases;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.lifecycle.DatabaseNotOpened;
import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.lifecycle.Registrations;
import dev.belfry.host.metrics.PluginMeters;
import dev.belfry.host.outgoing.OutgoingHttp;
import dev.belfry.host.scheduling.JobHistory;
import dev.belfry.host.tasks.DurableTasks;
import dev.belfry.host.tracing.PluginWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context of one plugin generation. Records everything that the plugin registers, and wraps everything that it
 * provides.
 */
final class HostContext implements PluginContext {

    private final HostServices services;
    private final Generation generation;
    private final PluginBoundary boundary;
    private final Registrations registrations;
    private final HttpServer.Endpoint endpoint;
    private final Logger logger;
    private final PluginTasks tasks;
    private Databases.@Nullable Lease database;
    private @Nullable MeterRegistry meters;
    private @Nullable OutgoingHttp http;

    HostContext(HostServices services, Generation generation, HttpServer.Endpoint endpoint, PluginTasks tasks) {
        this.services = services;
        this.generation = generation;
        this.boundary = generation.boundary();
        this.registrations = generation.registrations();
        this.endpoint = endpoint;
        this.tasks = tasks;
        this.logger = LoggerFactory.getLogger("plugin." + id());
    }

    @Override
    public String id() {
        return generation.descriptor().id();
    }

    @Override
    public String version() {
        return generation.descriptor().version();
    }

    @Override
    public Logger logger() {
        return logger;
    }

    @Override
    public <T extends Record> T config(Class<T> type) {
        services.schemas().derive(id(), type);
        registrations.enter(
                "rules of the configuration", services.config().require(id(), next -> next.bind(id(), type)));
        return services.config().current().bind(id(), type);
    }

    @Override
    public <T extends Record> void config(Class<T> type, Consumer<? super T> receiver) {
        services.schemas().derive(id(), type);
        AutoCloseable listening =
                services.config().listen(id(), type, new ConfigReceiver<>(boundary, logger, receiver));
        registrations.enter("configuration listener", listening);
    }

    @Override
    public void routes(Consumer<Routes> routes) {
        routes.accept(endpoint.routes());
    }

    @Override
    public void pages(String path, Consumer<Pages> pages) {
        HttpServer.Mount mount = endpoint.mount(path);
        registrations.enter("pages at " + path, mount);
        pages.accept(mount.pages());
    }

    @Override
    public void acceptCredentials(HeaderCredentials credentials) {
        endpoint.accept(credentials);
    }

    @Override
    public synchronized Databases.Lease database() {
        if (database == null) {
            database = open();
        }
        return database;
    }

    private Databases.Lease open() {
        Thread thread = Thread.currentThread();
        ClassLoader inside = thread.getContextClassLoader();
        // The pool outlives this generation, so its threads must not inherit the plugin's class loader.
        thread.setContextClassLoader(HostContext.class.getClassLoader());
        try {
            Databases.Lease lease =
                    services.databases().open(id(), version(), generation.code().location());
            registrations.enter("database", lease);
            registrations.enter(
                    "health check of the database",
                    services.health().addForHost(generation.name(), id(), "database", lease::requireUsable));
            return lease;
        } catch (SQLException e) {
            throw new DatabaseNotOpened(e);
        } finally {
            thread.setContextClassLoader(inside);
        }
    }

    @Override
    public Catalog catalog() {
        return services.catalog();
    }

    @Override
    public CatalogSource catalogSource() {
        registrations.enter("catalog source", services.sources().register(id(), generation.name()));
        return entities -> services.sources().publish(id(), generation.name(), entities);
    }

    @Override
    public Permissions permissions() {
        return services.permissions();
    }

    @Override
    public Clock clock() {
        return services.clock();
    }

    @Override
    public Scheduler scheduler() {
        return new Scheduler() {
            @Override
            public void every(String name, Duration interval, Job job) {
                Job recorded = recorded(name, interval, false, job);
                registrations.enter(
                        "job " + name,
                        services.jobs().every(id() + "/" + name, interval, () -> boundary.run(recorded::run)));
            }

            @Override
            public void everyOnOneHost(String name, Duration interval, Job job) {
                durableTasks().everyOnOneHost(name, interval, recorded(name, interval, true, job));
            }
        };
    }

    private Scheduler.Job recorded(String name, Duration interval, boolean onOneHost, Scheduler.Job job) {
        PluginWork work = PluginWork.job(generation.descriptor(), name);
        JobHistory.RecordedJob recorded = services.history()
                .record(
                        generation.name(),
                        name,
                        interval,
                        onOneHost,
                        () -> services.tracing().run(work, () -> inWords(job::run)));
        registrations.enter("history of the job " + name, recorded);
        return recorded;
    }

    @Override
    public <T> DurableQueue<T> queue(String name, Class<T> type, RetryPolicy retries, QueueHandler<? super T> handler) {
        return durableTasks().queue(name, type, retries, payload -> inWords(() -> handler.handle(payload)));
    }

    /** If an unavailable database makes the work fail, the exception says why in words for operators. */
    private void inWords(PluginBoundary.Action<Exception> work) throws Exception {
        try {
            work.run();
        } catch (RuntimeException | SQLException e) {
            throw services.databases()
                    .unavailability(id(), e)
                    .<Exception>map(unavailable -> unavailable)
                    .orElse(e);
        }
    }

    private DurableTasks durableTasks() {
        return tasks.get(this::database, this::metrics);
    }

    @Override
    public void healthCheck(String name, HealthCheck check) {
        registrations.enter(
                "health check " + name,
                services.health().add(generation.name(), id(), name, () -> boundary.run(() -> inWords(check::check))));
    }

    @Override
    public synchronized HttpClient httpClient() {
        if (http == null) {
            OutgoingHttp opened = OutgoingHttp.open(generation, services.outgoing(), metrics(), services.tracing());
            registrations.enter("HTTP client", opened);
            http = opened;
        }
        return http.client();
    }

    @Override
    public synchronized MeterRegistry metrics() {
        if (meters == null) {
            PluginMeters own = services.meters().of(id());
            registrations.enter("meters", own);
            meters = own.registry();
        }
        return meters;
    }

    @Override
    public <T> void provide(Class<T> type, T implementation) {
        requireInterface(type);
        T guarded = guarded(type, implementation);
        enter(type, _ -> guarded);
    }

    @Override
    public <T> void providePerCaller(Class<T> type, Function<String, ? extends T> implementation) {
        requireInterface(type);
        enter(type, caller -> guarded(type, boundary.<T, RuntimeException>call(() -> implementation.apply(caller))));
    }

    private <T> T guarded(Class<T> type, T implementation) {
        PluginWork.Calls calls = new PluginWork.Calls(generation.descriptor(), type.getSimpleName());
        return boundary.wrap(type, services.tracing().traced(type, implementation, calls));
    }

    private static void requireInterface(Class<?> type) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is not an interface");
        }
    }

    private <T> void enter(Class<T> type, Function<String, T> forCaller) {
        registrations.enter(
                "extension " + type.getSimpleName(),
                services.extensions().provide(id(), generation.name(), type, forCaller));
    }

    @Override
    public <T> List<T> extensions(Class<T> type) {
        return services.extensions().all(id(), type);
    }

    @Override
    public <T> T require(Class<T> type) {
        requireInterface(type);
        return services.extensions().require(id(), type);
    }

    @Override
    public Events events() {
        return new PluginEvents(services.events(), generation);
    }

    @Override
    public <T> T port(String name, Class<T> type, Supplier<? extends T> builtIn) {
        String key = id() + "." + name;
        services.extensions().requireSupplied(key, type);
        return services.extensions().port(id(), key, type, builtIn);
    }
}
