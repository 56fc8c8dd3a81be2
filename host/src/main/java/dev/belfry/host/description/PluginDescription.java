package dev.belfry.host.description;

import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.CatalogSource;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Optional;

/**
 * The facts about a plugin that are known before it starts.
 *
 * @param permissions that it declares; empty = they are known only when it runs
 * @param mayPublishEntities whether it may bring users and groups into the catalog
 */
public record PluginDescription(Optional<DescribedPermissions> permissions, boolean mayPublishEntities) {

    /**
     * @param location the plugin's JAR or folder of classes
     * @throws IllegalArgumentException when the description of the permissions is wrong
     * @throws IOException when the JAR cannot be read
     */
    public static PluginDescription of(URL location) throws IOException {
        ApiUse use = ApiUse.in(location, List.of(Permission.class, CatalogSource.class));
        // Without a file, a plugin that knows no permissions declares none.
        Optional<DescribedPermissions> permissions = DescribedPermissions.in(location)
                .or(() -> use.mentions(Permission.class)
                        ? Optional.empty()
                        : Optional.of(new DescribedPermissions(List.of())));
        return new PluginDescription(permissions, use.mentions(CatalogSource.class));
    }
}
