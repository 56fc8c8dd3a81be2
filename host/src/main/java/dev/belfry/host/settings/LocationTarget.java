package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.files.GlobPattern;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The target of a location of the catalog. */
sealed interface LocationTarget {

    /** As rules name it. */
    String type();

    /** As it is written, which rules may refer to. */
    String text();

    CatalogPlace place();

    /** Where a URL is written; otherwise empty. */
    default String written() {
        return "";
    }

    /** @param path has no meaning for a URL */
    record OfFile(String text, Path path) implements LocationTarget {

        @FromText("a path")
        static OfFile parse(String text, SourceLocation location) {
            if (CatalogPlace.isUrl(text) || CatalogPlace.isFileUrl(text)) {
                return new OfFile(text, location.resolve(text));
            }
            boolean isOneFile = !GlobPattern.isPattern(text) || Files.exists(location.resolve(text));
            return new OfFile(text, isOneFile ? location.find(text) : pattern(text, location));
        }

        /** Its first folders are sought like a file. */
        private static Path pattern(String text, SourceLocation location) {
            String fixed = new GlobPattern(text).folder();
            Path folder = location.find(fixed.isEmpty() ? "." : fixed);
            return folder.resolve(text.substring(fixed.length()).replaceFirst("^/+", ""));
        }

        @Override
        public String type() {
            return "file";
        }

        @Override
        public CatalogPlace place() {
            return new CatalogPlace.OnDisk(path);
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
