package dev.belfry.plugins.keycloak;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.plugins.directory.DirectorySync;
import dev.belfry.plugins.directory.LeftOutLog;
import java.sql.SQLException;

/** Publishes the users and groups of a Keycloak realm. */
public final class CatalogKeycloakPlugin implements Plugin {

    @Override
    public void start(PluginContext context) throws SQLException {
        CatalogKeycloakConfig config = context.config(CatalogKeycloakConfig.class);
        KeycloakDirectory directory =
                new KeycloakDirectory(config, context.httpClient(), new LeftOutLog(context.logger()));
        DirectorySync.start(context, directory, config.scheduleOrDefault().frequencyOrDefault());
    }
}
