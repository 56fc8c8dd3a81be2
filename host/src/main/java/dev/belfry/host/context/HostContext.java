package dev.belfry.host.context;

import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.database.Database;
import dev.belfry.api.health.HealthCheck;
import dev.belfry.api.scheduling.Scheduler;
import dev.belfry.api.web.Routes;
import dev.belfry.host.database.Databases;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.lifecycle.Registrations;
import dev.belfry.host.metrics.PluginMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
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
    private @Nullable Database database;
    private @Nullable MeterRegistry meters;

    HostContext(HostServices services, Generation generation, HttpServer.Endpoint endpoint) {
        this.services = services;
        this.generation = generation;
        this.boundary = generation.boundary();
        this.registrations = generation.registrations();
        this.endpoint = endpoint;
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
        return services.config().bind(id(), type);
    }

    @Override
    public void routes(Consumer<Routes> routes) {
        routes.accept(endpoint.routes());
    }

    @Override
    public void acceptSharedSecret(SharedSecret secret) {
        endpoint.accept(secret);
    }

    @Override
    public synchronized Database database() {
        if (database == null) {
            database = open();
        }
        return database;
    }

    private Database open() {
        Thread thread = Thread.currentThread();
        ClassLoader inside = thread.getContextClassLoader();
        // The pool outlives this generation, so its threads must not inherit the plugin's class loader.
        thread.setContextClassLoader(HostContext.class.getClassLoader());
        try {
            Databases.Lease lease =
                    services.databases().open(id(), generation.code().location());
            registrations.enter("database", lease);
            return lease;
        } catch (SQLException e) {
            throw new DatabaseUnreachable("the database of '" + id() + "' cannot be opened: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(inside);
        }
    }

    /** Carries the cause to the code that decides whether a retry makes sense. */
    private static final class DatabaseUnreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseUnreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Override
    public Catalog catalog() {
        return services.catalog();
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
        return (name, interval, job) -> {
            String label = id() + "/" + name;
            registrations.enter("job " + name, services.jobs().every(label, interval, () -> boundary.run(job::run)));
        };
    }

    @Override
    public void healthCheck(String name, HealthCheck check) {
        registrations.enter(
                "health check " + name,
                services.health().add(generation.name(), id(), name, () -> boundary.run(check::check)));
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
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is not an interface");
        }
        T guarded = boundary.wrap(type, implementation);
        registrations.enter(
                "extension " + type.getSimpleName(),
                services.extensions().provide(id(), generation.name(), type, guarded));
    }

    @Override
    public <T> List<T> extensions(Class<T> type) {
        return services.extensions().all(type);
    }

    @Override
    public <T> T port(String name, Class<T> type, Supplier<? extends T> builtIn) {
        String key = id() + "." + name;
        services.extensions().requireSupplied(key, type);
        return services.extensions().port(key, type, builtIn);
    }
}
