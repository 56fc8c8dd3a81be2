package dev.belfry.host.context;

import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.catalogsources.CatalogSources;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.database.Databases;
import dev.belfry.host.event.EventBus;
import dev.belfry.host.extension.Extensions;
import dev.belfry.host.health.Health;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.leak.Leaks;
import dev.belfry.host.metrics.Meters;
import dev.belfry.host.scheduling.JobHistory;
import dev.belfry.host.scheduling.Jobs;
import dev.belfry.host.schema.ConfigSchemas;
import dev.belfry.host.settings.OutgoingSettings;
import dev.belfry.host.settings.PortFaults;
import dev.belfry.host.tasks.ServingTasks;
import dev.belfry.host.tracing.Tracing;
import java.time.Clock;

/** The services that contexts are made of. */
public record HostServices(
        LiveConfig config,
        ConfigSchemas schemas,
        HttpServer http,
        OutgoingSettings outgoing,
        Databases databases,
        Catalog catalog,
        CatalogSources sources,
        Permissions permissions,
        Extensions extensions,
        PortFaults portFaults,
        EventBus events,
        Health health,
        Jobs jobs,
        JobHistory history,
        ServingTasks tasks,
        Leaks leaks,
        Meters meters,
        Tracing tracing,
        Clock clock) {}
