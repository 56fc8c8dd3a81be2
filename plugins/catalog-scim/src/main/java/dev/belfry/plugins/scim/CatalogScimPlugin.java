package dev.belfry.plugins.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Serves SCIM 2.0 below {@code /api/catalog-scim/v2}, and publishes what it has stored. */
public final class CatalogScimPlugin implements Plugin {

    private static final Duration PUBLISHING = Duration.ofSeconds(1);

    @Override
    public void start(PluginContext context) throws SQLException, ScimException {
        CatalogScimConfig config = context.config(CatalogScimConfig.class);
        context.database().migrate("db/migration");
        Transactions transactions = new Transactions(context.database());
        CatalogPublisher publisher = new CatalogPublisher(transactions, context.catalogSource());
        publisher.publishChanges();
        context.scheduler().every("publish", PUBLISHING, publisher::publishChanges);
        Resources resources = new Resources(transactions, config.references(), context.clock());
        ScimRoutes endpoints = new ScimRoutes(resources, context.clock());
        context.routes(endpoints::declare);
        TimeGauge.builder(
                        "catalog.scim.last.request.age",
                        endpoints,
                        TimeUnit.SECONDS,
                        ScimRoutes::secondsSinceLastRequest)
                .description("Time since the identity provider has sent a request to this host")
                .strongReference(true)
                .register(context.metrics());
    }
}
