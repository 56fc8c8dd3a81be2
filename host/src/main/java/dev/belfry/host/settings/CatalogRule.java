package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Words;
import dev.belfry.host.files.GlobPattern;
import java.util.List;
import java.util.Optional;

/** {@code catalog.rules[]}: which kinds all locations may contain, or only some. */
record CatalogRule(@Words List<AllowedKind> allow, Optional<List<Limit>> locations) implements Checked {

    @Override
    public void check(Checks checks) {
        AllowedKind.check(allow, checks);
    }

    boolean covers(LocationTarget target) {
        return locations.isEmpty() || locations.get().stream().anyMatch(limit -> limit.covers(target));
    }

    /** @param exactTarget the older name of {@code exact} */
    record Limit(
            @Default("file") String type,
            Optional<String> exact,
            Optional<String> exactTarget,
            Optional<Pattern> pattern) {

        boolean covers(LocationTarget target) {
            return type.equals(target.type())
                    && (matches(target.text()) || matches(target.place().toString()));
        }

        private boolean matches(String target) {
            return exact.or(() -> exactTarget)
                    .map(target::equals)
                    .or(() -> pattern.map(only -> only.glob().matches(target)))
                    .orElse(true);
        }
    }

    record Pattern(GlobPattern glob) {
        @FromText("a pattern such as users/*.yaml")
        static Pattern parse(String text) {
            GlobPattern glob = new GlobPattern(text);
            glob.requireValid();
            return new Pattern(glob);
        }
    }
}
