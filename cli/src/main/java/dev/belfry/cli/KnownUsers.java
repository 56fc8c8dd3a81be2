package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.config.Config;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.spelling.NearEntities;
import java.util.ArrayList;
import java.util.Optional;

/** The users of a host's catalog, as far as they are known without a start and without a network. */
final class KnownUsers {

    private final CatalogNames names;

    /** @param classPath searched for static plugins, which may bring users */
    KnownUsers(HostSettings settings, Config config, ClassLoader classPath) {
        names = !settings.ports().isBuiltIn("catalog") || mayBePublished(settings, config, classPath)
                ? CatalogNames.UNKNOWN
                : YamlCatalog.check(settings.catalog()).names();
    }

    private static boolean mayBePublished(HostSettings settings, Config config, ClassLoader classPath) {
        try {
            return !FoundPlugins.of(settings, config, classPath, new ArrayList<>())
                    .publishNoEntities();
        } catch (ConfigurationException e) {
            // Reported by the start.
            return true;
        }
    }

    /** A warning if the catalog does not have this user. */
    Optional<String> warning(EntityRef user) {
        return !names.isComplete() || names.all().contains(user)
                ? Optional.empty()
                : Optional.of("the catalog has no user '" + user + "'"
                        + new NearEntities(names.all())
                                .of(user)
                                .map(near -> " (did you mean '" + near + "'?)")
                                .orElse("")
                        + ". A host refuses the token");
    }
}
