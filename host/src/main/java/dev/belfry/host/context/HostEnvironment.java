package dev.belfry.host.context;

import dev.belfry.api.PluginContext;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.host.database.Databases;
import dev.belfry.host.description.DescribedPermissions;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Environment;
import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.lifecycle.Unavailability;
import dev.belfry.host.schema.ConfigSchema;
import dev.belfry.host.spelling.ClosestName;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Creates the context of each generation. */
public final class HostEnvironment implements Environment {

    private final HostServices services;

    public HostEnvironment(HostServices services) {
        this.services = services;
    }

    @Override
    public Session prepare(Generation generation) throws Refusal {
        checkConfiguration(generation);
        HttpServer.Endpoint endpoint = services.http()
                .endpointOf(
                        generation.descriptor(),
                        generation.boundary(),
                        generation.inFlight(),
                        generation.code().location());
        PluginTasks tasks = new PluginTasks(generation, services.tasks(), services.clock(), services.tracing());
        return new HostSession(
                services, generation, new HostContext(services, generation, endpoint, tasks), endpoint, tasks);
    }

    private void checkConfiguration(Generation generation) throws Refusal {
        String id = generation.descriptor().id();
        services.config().readAgainFor(id);
        schema(id, generation.code().location())
                .ifPresent(schema -> generation
                        .registrations()
                        .enter(
                                "schema of the configuration",
                                services.config().require(id, next -> next.check(id, schema))));
    }

    private Optional<ConfigSchema> schema(String id, URL location) throws Refusal {
        try {
            return services.schemas().check(id, location);
        } catch (IllegalArgumentException invalid) {
            // The message says all: a stack trace of the host's parser adds nothing.
            throw new Refusal(String.valueOf(invalid.getMessage()));
        }
    }

    private record HostSession(
            HostServices services,
            Generation generation,
            PluginContext context,
            HttpServer.Endpoint endpoint,
            PluginTasks tasks)
            implements Session {
        @Override
        public void complete() {
            endpoint.complete();
            DescribedPermissions.in(generation.code().location())
                    .ifPresent(
                            described -> described.requireEqual(endpoint.permissions(), endpoint.grantedByDefault()));
            services.health().requireWell(generation.name());
        }

        @Override
        public void open() {
            services.sources().open(generation.descriptor().id(), generation.name());
            services.extensions().open(generation.descriptor().id(), generation.name());
            services.events().open(generation.descriptor().id(), generation.name());
            services.health().open(generation.descriptor().id(), generation.name());
            endpoint.open();
            tasks.open();
        }

        @Override
        public void close() {
            endpoint.close();
            services.extensions().close(generation.name());
            services.events().close(generation.name());
            services.sources().close(generation.name());
            tasks.close();
        }
    }

    @Override
    public void ended(Generation generation) {
        services.leaks()
                .stopped(
                        generation.descriptor().id(),
                        generation.name(),
                        generation.code().classLoader());
    }

    @Override
    public void announceUnavailable(String pluginId, Unavailability why) {
        services.http().announceUnavailable(pluginId, why);
    }

    @Override
    public void withdrawUnavailable(String pluginId) {
        services.http().withdrawUnavailable(pluginId);
    }

    @Override
    public Map<String, String> suppliersOf(String pluginId) {
        return services.extensions().suppliersOf(pluginId);
    }

    @Override
    public Optional<String> nearId(String misspelled, Set<String> ids) {
        return ClosestName.of(misspelled, ids);
    }

    @Override
    public void requireConfigured(Candidate candidate, Function<String, Optional<URL>> running) throws Refusal {
        String id = candidate.descriptor().id();
        List<String> faults;
        try {
            faults = new ArrayList<>(services.databases().faultsOf(id));
            faults.addAll(services.portFaults().faults(id, candidate.location()));
            faults.addAll(services.portFaults()
                    .notSupplied(
                            id,
                            candidate.location(),
                            supplier -> running.apply(supplier).stream().toList()));
        } catch (IOException e) {
            throw new Refusal("its classes cannot be read: " + e.getMessage(), e);
        }
        if (!faults.isEmpty()) {
            throw Refusal.misconfigured(String.join("; ", faults));
        }
    }

    @Override
    public boolean isPassing(Throwable failure) {
        return Databases.outage(failure)
                .filter(DatabaseUnavailable.Reason::isTemporary)
                .isPresent();
    }
}
