package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Variant;
import dev.belfry.host.config.Words;
import java.util.List;
import java.util.Optional;

/** {@code catalog.locations[]}. */
sealed interface LocationKeys {

    List<Rule> rules();

    /** Empty for a type that is not read. */
    Optional<LocationTarget> read();

    record Rule(@Words List<AllowedKind> allow) implements Checked {
        @Override
        public void check(Checks checks) {
            AllowedKind.check(allow, checks);
        }
    }

    @Variant({"file", Variant.ABSENT})
    record OfFile(LocationTarget.OfFile target, List<Rule> rules) implements LocationKeys, Checked {
        @Override
        public Optional<LocationTarget> read() {
            return Optional.of(target)
                    .filter(file -> !file.text().isBlank())
                    .filter(file -> !CatalogPlace.isUrl(file.text()) && !CatalogPlace.isFileUrl(file.text()))
                    .map(file -> file);
        }

        @Override
        public void check(Checks checks) {
            if (target.text().isBlank()) {
                checks.warn("target", "is not read: it is empty; write the path of a file");
            }
            if (CatalogPlace.isUrl(target.text())) {
                checks.warn(
                        "target", "is not read: it is a URL, but the type of the location is file; write type: url");
            }
            if (CatalogPlace.isFileUrl(target.text())) {
                checks.warn("target", CatalogPlace.FILE_URL);
            }
        }
    }

    @Variant("url")
    record OfUrl(LocationTarget.OfUrl target, List<Rule> rules) implements LocationKeys {
        @Override
        public Optional<LocationTarget> read() {
            return Optional.of(target);
        }
    }

    /** @param target the warning about the type is enough */
    @Variant(Variant.OTHER)
    record Other(String type, Optional<Object> target, List<Rule> rules) implements LocationKeys, Checked {
        @Override
        public Optional<LocationTarget> read() {
            return Optional.empty();
        }

        @Override
        public void check(Checks checks) {
            checks.warn(
                    "type",
                    "'" + type + "' is not read: Belfry reads locations of the types file and url; write the users and"
                            + " groups to a file and name that, or install a plugin that knows them");
        }
    }
}
