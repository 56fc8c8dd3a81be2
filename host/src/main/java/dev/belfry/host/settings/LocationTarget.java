package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.files.GlobPattern;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The target of a location of the catalog. */
sealed interface LocationTarget {

    /** As rules name it. */
    String type();

    /** As it is written, which rules may refer to. */
    String text();

    CatalogPlace place();

    /** Where it is written. */
    String written();

    /** The places where a file was sought, if there is none. */
    default List<Path> soughtAt() {
        return List.of();
    }

    /** @param paths one if there is a file or a folder, otherwise all places where it is sought; without a meaning for a URL */
    record OfFile(String text, List<Path> paths, String written) implements LocationTarget {

        @FromText("a path")
        static OfFile parse(String text, SourceLocation location) {
            return new OfFile(text, paths(text, location), location.toString());
        }

        private static List<Path> paths(String text, SourceLocation location) {
            if (CatalogPlace.isUrl(text) || CatalogPlace.isFileUrl(text)) {
                return List.of(location.resolve(text));
            }
            boolean isOneFile = !GlobPattern.isPattern(text) || Files.exists(location.resolve(text));
            return isOneFile ? location.seek(text) : patterns(text, location);
        }

        /** Its first folders are sought like a file. */
        private static List<Path> patterns(String text, SourceLocation location) {
            String fixed = new GlobPattern(text).folder();
            String rest = text.substring(fixed.length()).replaceFirst("^/+", "");
            return location.seek(fixed.isEmpty() ? "." : fixed).stream()
                    .map(folder -> folder.resolve(rest))
                    .toList();
        }

        @Override
        public List<Path> soughtAt() {
            return paths.size() == 1 ? List.of() : paths;
        }

        @Override
        public String type() {
            return "file";
        }

        @Override
        public CatalogPlace place() {
            return new CatalogPlace.OnDisk(paths.getFirst());
        }
    }

    record OfUrl(String text, URI address, String written) implements LocationTarget {

        @FromText("a URL such as https://github.com/o/r/blob/main/users.yaml")
        static OfUrl parse(String text, SourceLocation location) {
            URI address = URI.create(text);
            if (address.getHost() == null) {
                throw new IllegalArgumentException("no host");
            }
            return new OfUrl(text, address, location.toString());
        }

        @Override
        public String type() {
            return "url";
        }

        @Override
        public CatalogPlace place() {
            return new CatalogPlace.AtUrl(address);
        }
    }
}
