package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.files.GlobPattern;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogPlace.OnDisk;
import dev.belfry.host.settings.CatalogSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The files of the catalog. The last readable version of each file stays in use. */
final class CatalogFiles {

    private static final int SHOWN = 3;

    private final CatalogSettings settings;
    private final Optional<RemoteTexts> remote;
    private final PlaceReader reader;
    private final Patterns patterns = new Patterns();

    /** @param remote empty = locations of type url are left out */
    CatalogFiles(CatalogSettings settings, Optional<RemoteTexts> remote) {
        this.settings = settings;
        this.remote = remote;
        this.reader = new PlaceReader(remote);
    }

    /**
     * Reads all files, or only files that have not been read before.
     *
     * @param changed files that may have another content than before
     * @param beforeRead called for each file, pattern and URL before it is read
     */
    synchronized CatalogContent read(Set<CatalogPlace> changed, Consumer<CatalogPlace> beforeRead) {
        CatalogWalk walk = new CatalogWalk(reader, patterns, remote, changed, beforeRead);
        CatalogContent content = walk.walk(settings.locations());
        reader.retain(content.places());
        patterns.retain(content.places());
        boolean isComplete = remote.isPresent() || content.places().stream().noneMatch(AtUrl.class::isInstance);
        return isComplete
                        && content.unreadable().isEmpty()
                        && content.entities().stream().noneMatch(CatalogFiles::isUser)
                ? content.with(withoutUsers(content.places()))
                : content;
    }

    private static boolean isUser(Entity entity) {
        return entity.ref().kind().equals(EntityRef.USER);
    }

    private static String withoutUsers(Set<CatalogPlace> places) {
        return places.isEmpty()
                ? "catalog.locations names no file: only plugins can add users"
                : "the catalog's files have no user: "
                        + places.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "))
                        + (places.size() > SHOWN ? " and " + (places.size() - SHOWN) + " more" : "");
    }

    /** Whether a place that could not be read may be readable now. */
    boolean mayBeReadable(CatalogPlace place) {
        if (!(place instanceof OnDisk(Path path)) || GlobPattern.isPattern(path.toString())) {
            return true;
        }
        try (InputStream in = RegularFile.open(path)) {
            return RegularFile.attributes(path).size() <= PlaceReader.limit();
        } catch (IOException e) {
            return false;
        }
    }

    /** The value that the watch of a pattern compares. */
    Object matches(Path pattern) {
        return patterns.state(pattern);
    }
}
