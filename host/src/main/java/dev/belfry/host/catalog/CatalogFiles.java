package dev.belfry.host.catalog;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.CatalogSettings;
import dev.belfry.host.config.CatalogSettings.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all files of a catalog. */
final class CatalogFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogFiles.class);

    private final CatalogSettings settings;
    private final Set<Path> everRead = new HashSet<>();

    CatalogFiles(CatalogSettings settings) {
        this.settings = settings;
    }

    /** @throws ConfigurationException naming every entity that cannot be read, with file and line */
    synchronized Members read() {
        List<String> faults = new ArrayList<>();
        List<Entity> entities = new ArrayList<>();
        for (Location location : settings.locations()) {
            try {
                String text = Files.readString(location.file());
                everRead.add(location.file());
                EntityDocuments documents =
                        EntityDocuments.read(String.valueOf(location.file().getFileName()), text);
                faults.addAll(documents.faults());
                addAllowed(location, documents.entities(), entities);
            } catch (NoSuchFileException e) {
                missing(location, faults);
            } catch (IOException e) {
                faults.add(location.file() + ": the catalog's file cannot be read: " + e);
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return Members.of(entities, settings.nestedGroups());
    }

    /**
     * The family starts without a file that is not there, and so do we: nobody is let in by it. One that was there and is
     * gone is another matter: its users would be locked out by a slip.
     */
    private void missing(Location location, List<String> faults) {
        if (everRead.contains(location.file())) {
            faults.add(location.file() + ": the catalog's file is gone");
        } else {
            LOG.warn("{}: the catalog's file is not there; it is read as soon as it is", location.file());
        }
    }

    private static void addAllowed(Location location, List<Entity> found, List<Entity> entities) {
        Set<String> refused = new java.util.TreeSet<>();
        for (Entity entity : found) {
            if (location.allowedKinds().contains(entity.ref().kind())) {
                entities.add(entity);
            } else {
                refused.add(entity.ref().kind());
            }
        }
        refused.forEach(kind -> LOG.warn(
                "{}: entities of kind {} are left out: no rule of catalog.rules allows them",
                location.file().getFileName(),
                kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1)));
    }
}
