package dev.belfry.host.catalog;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users and groups from YAML files. A changed file is applied completely, or not at all. */
public final class YamlCatalog implements Catalog {

    private static final Logger LOG = LoggerFactory.getLogger(YamlCatalog.class);

    private final CatalogFiles files;
    private volatile Memberships memberships;

    private YamlCatalog(CatalogSettings settings, FileWatch watch) {
        files = new CatalogFiles(settings);
        // Watch first, then read: no change in between is lost.
        settings.locations().forEach(location -> watch.watch(location.file(), () -> reload(location)));
        memberships = files.read();
    }

    /** @throws ConfigurationException naming every invalid entity, with file and line */
    public static YamlCatalog open(CatalogSettings settings, FileWatch watch) {
        return new YamlCatalog(settings, watch);
    }

    private void reload(Location location) throws IOException {
        try {
            memberships = files.readAgain(location);
            LOG.info("the catalog has been reloaded: {} users and groups", memberships.size());
        } catch (ConfigurationException e) {
            LOG.error("the catalog cannot be reloaded; the previous one stays in use: {}", e.getMessage());
        }
    }

    @Override
    public Set<EntityRef> missing(Collection<EntityRef> refs) {
        Memberships now = memberships;
        Set<EntityRef> missing = new LinkedHashSet<>();
        for (EntityRef ref : refs) {
            if (!now.contains(ref)) {
                missing.add(ref);
            }
        }
        return missing;
    }

    @Override
    public Set<EntityRef> groupsOf(EntityRef user) {
        return memberships.groupsOf(user);
    }

    @Override
    public Set<EntityRef> parentsOf(EntityRef group) {
        return memberships.parentsOf(group);
    }
}
