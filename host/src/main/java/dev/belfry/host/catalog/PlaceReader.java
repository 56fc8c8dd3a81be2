package dev.belfry.host.catalog;

import dev.belfry.host.files.RegularFile;
import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogPlace.OnDisk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads files, and remembers the last readable content of each. */
final class PlaceReader {

    /** Fraction of the heap: a file takes about four times its size while it is read. */
    private static final int SHARE_OF_HEAP = 8;

    private static final String KEPT = "; the content that was read before stays in use";

    private final Optional<RemoteTexts> remote;
    private final Map<CatalogPlace, Content> lastRead = new HashMap<>();

    /** @param problem of the whole file, since when an older content is in use */
    record Content(EntityDocuments documents, Optional<Warning> problem) {}

    PlaceReader(Optional<RemoteTexts> remote) {
        this.remote = remote;
    }

    static long limit() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    /**
     * A file that has become invalid keeps its previous content as a whole. An entity that has become invalid does not: it
     * could keep rights that its neighbors lost.
     *
     * @param again whether it may have changed
     * @throws IOException when it cannot be read now
     */
    Content read(CatalogPlace place, boolean again) throws IOException {
        Content before = lastRead.get(place);
        if (before != null && !again) {
            return before;
        }
        Content now;
        try {
            EntityDocuments documents = EntityDocuments.read(text(place));
            now = documents
                    .broken()
                    .map(broken -> withProblem(before, documents, broken))
                    .orElseGet(() -> new Content(documents, Optional.empty()));
            if (documents.broken().isEmpty() && place instanceof AtUrl url) {
                remote.ifPresent(texts -> texts.keep(url.address()));
            }
        } catch (RegularFile.NotUtf8 e) {
            now = withProblem(before, EntityDocuments.NONE, new Warning(0, e.getMessage()));
        }
        lastRead.put(place, now);
        return now;
    }

    private static Content withProblem(@Nullable Content before, EntityDocuments now, Warning problem) {
        if (before != null) {
            return new Content(before.documents(), Optional.of(new Warning(problem.line(), problem.text() + KEPT)));
        }
        String read =
                now.equals(EntityDocuments.NONE) ? "; nothing of it is read" : "; the documents before it are read";
        return new Content(now, Optional.of(new Warning(problem.line(), problem.text() + read)));
    }

    private String text(CatalogPlace place) throws IOException {
        return switch (place) {
            case OnDisk file -> RegularFile.readText(file.path(), limit());
            case AtUrl url ->
                remote.orElseThrow(() -> new FileNotFoundException("it is not fetched"))
                        .text(url.address());
        };
    }

    Optional<Content> known(CatalogPlace place) {
        return Optional.ofNullable(lastRead.get(place));
    }

    void forget(CatalogPlace place) {
        lastRead.remove(place);
    }

    void retain(Set<CatalogPlace> places) {
        lastRead.keySet().retainAll(places);
    }
}
