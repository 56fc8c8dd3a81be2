package dev.belfry.host.catalog;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.sources.CatalogSources;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users and groups from YAML files and from plugins. A changed file is applied completely, or not at all. */
public final class YamlCatalog implements Catalog {

    private static final Logger LOG = LoggerFactory.getLogger(YamlCatalog.class);

    private final CatalogFiles files;
    private final CatalogSources sources;
    private final boolean nested;
    private final EntityMerge merge = new EntityMerge();
    private List<Entity> ofFiles = List.of();
    private volatile Memberships memberships;

    private YamlCatalog(CatalogSettings settings, CatalogSources sources, FileWatch watch) {
        files = new CatalogFiles(settings);
        this.sources = sources;
        nested = settings.nestedGroups();
        memberships = Memberships.of(List.of(), nested);
        // Watch first, then read: no change in between is lost.
        settings.locations().forEach(location -> watch.watch(location.file(), () -> reload(location)));
        sources.onChange(this::mergeSources);
        mergeFiles(files.read());
    }

    private synchronized void mergeFiles(List<Entity> read) {
        ofFiles = read;
        mergeSources();
    }

    private synchronized void mergeSources() {
        memberships = Memberships.of(merge.merge(ofFiles, sources.published()), nested);
    }

    /** @throws ConfigurationException naming every invalid entity, with file and line */
    public static YamlCatalog open(CatalogSettings settings, FileWatch watch) {
        return open(settings, new CatalogSources(), watch);
    }

    /**
     * @param sources the users and groups of plugins
     * @throws ConfigurationException naming every invalid entity, with file and line
     */
    public static YamlCatalog open(CatalogSettings settings, CatalogSources sources, FileWatch watch) {
        return new YamlCatalog(settings, sources, watch);
    }

    private void reload(Location location) throws IOException {
        try {
            mergeFiles(files.readAgain(location));
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
