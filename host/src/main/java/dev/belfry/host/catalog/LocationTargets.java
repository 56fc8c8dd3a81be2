package dev.belfry.host.catalog;

import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogPlace.OnDisk;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The places that entities of the kind Location refer to. */
final class LocationTargets {

    private static final String HINT =
            "is not read: it is a URL, but the type of the location is file; write spec.type: url";

    private LocationTargets() {}

    /** @throws IllegalArgumentException saying what is wrong with the target */
    static CatalogPlace place(
            CatalogPlace holder, LocationEntity location, String target, Optional<RemoteTexts> remote) {
        String type = location.type().orElse(holder instanceof OnDisk ? "file" : "url");
        return switch (type) {
            case "file" -> new OnDisk(beside(holder, target));
            case "url" -> new AtUrl(address(holder, target, remote));
            default ->
                throw new IllegalArgumentException(
                        "is not read: its type is '" + type + "', and Belfry follows file and url");
        };
    }

    /** A server must not choose which files of this machine are read. */
    private static Path beside(CatalogPlace holder, String target) {
        if (!(holder instanceof OnDisk file)) {
            throw new IllegalArgumentException("is not read: a file at a URL cannot refer to files of this machine");
        }
        if (CatalogPlace.isUrl(target)) {
            throw new IllegalArgumentException(HINT);
        }
        if (CatalogPlace.isFileUrl(target)) {
            throw new IllegalArgumentException(CatalogPlace.FILE_URL);
        }
        return file.path().resolveSibling(target).normalize();
    }

    private static URI address(CatalogPlace holder, String target, Optional<RemoteTexts> remote) {
        URI written = URI.create(target);
        if (written.isAbsolute()) {
            return written;
        }
        if (holder instanceof AtUrl url && remote.isPresent()) {
            return remote.get().resolve(url.address(), target);
        }
        throw new IllegalArgumentException("is not a URL");
    }
}
