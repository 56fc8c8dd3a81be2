package dev.belfry.host.catalog;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the catalog. The last readable version of each file stays in use. */
final class CatalogFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogFiles.class);

    /** Fraction of the heap: a file takes about four times its size while it is read. */
    private static final int SHARE_OF_HEAP = 8;

    private final CatalogSettings settings;
    private final Map<Location, List<Entity>> lastRead = new HashMap<>();
    private final Set<Location> everRead = new HashSet<>();

    CatalogFiles(CatalogSettings settings) {
        this.settings = settings;
    }

    /** @throws ConfigurationException naming every invalid file and entity, with file and line */
    synchronized List<Entity> read() {
        List<String> faults = new ArrayList<>();
        Map<Location, List<Entity>> entities = new HashMap<>();
        for (Location location : settings.locations()) {
            try {
                entities.put(location, entitiesOf(location));
            } catch (ConfigurationException faulty) {
                faults.addAll(faulty.faults());
            } catch (IOException e) {
                faults.add(location.file() + ": the catalog's file cannot be read: "
                        + RegularFile.reason(location.file(), e));
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return inOrder(entities);
    }

    /**
     * Reloads one file.
     *
     * @throws ConfigurationException naming every invalid entity, with file and line
     * @throws IOException when the file cannot be read now
     */
    synchronized List<Entity> readAgain(Location location) throws IOException {
        Map<Location, List<Entity>> entities = new HashMap<>(lastRead);
        entities.put(location, entitiesOf(location));
        return inOrder(entities);
    }

    private List<Entity> inOrder(Map<Location, List<Entity>> entities) {
        if (settings.locations().size() > 1) {
            lastRead.putAll(entities);
        }
        return settings.locations().stream()
                .distinct()
                .flatMap(location -> entities.getOrDefault(location, List.of()).stream())
                .toList();
    }

    /**
     * Like Backstage, the host starts without a missing file: it grants nothing. A file that disappears later is an
     * error: a mistake would lock out its users.
     */
    private List<Entity> entitiesOf(Location location) throws IOException {
        Path file = location.file();
        try {
            String text = RegularFile.readText(file, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
            everRead.add(location);
            EntityDocuments documents = EntityDocuments.read(String.valueOf(file.getFileName()), text);
            if (!documents.faults().isEmpty()) {
                throw new ConfigurationException(documents.faults());
            }
            return allowed(location, documents.entities());
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(List.of(file + ": " + RegularFile.reason(file, e)));
        } catch (NoSuchFileException e) {
            if (everRead.contains(location) || Files.isSymbolicLink(file)) {
                throw e;
            }
            LOG.warn("{}: the catalog file does not exist; it is loaded as soon as it does", file);
            return List.of();
        }
    }

    private static List<Entity> allowed(Location location, List<Entity> found) {
        List<Entity> entities = new ArrayList<>(found.size());
        Set<String> refused = new java.util.TreeSet<>();
        for (Entity entity : found) {
            if (location.allowedKinds().contains(entity.ref().kind())) {
                entities.add(entity);
            } else {
                refused.add(entity.ref().kind());
            }
        }
        refused.forEach(kind -> LOG.warn(
                "{}: entities of kind {} are ignored: no rule of catalog.rules allows them",
                location.file().getFileName(),
                kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1)));
        return entities;
    }
}
