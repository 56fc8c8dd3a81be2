package dev.belfry.host.catalog;

import dev.belfry.host.catalog.PatternFiles.Matches;
import dev.belfry.host.catalog.PlaceReader.Content;
import dev.belfry.host.files.GlobPattern;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogPlace.OnDisk;
import dev.belfry.host.settings.CatalogSettings.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One pass over all files: from the locations of the configuration along the entities of the kind Location. */
final class CatalogWalk {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_PLACES = 10_000;

    private final PlaceReader reader;
    private final Patterns patterns;
    private final Optional<RemoteTexts> remote;
    private final Set<CatalogPlace> changed;
    private final Consumer<CatalogPlace> beforeRead;
    private final CatalogWarnings warnings = new CatalogWarnings();
    private final UniqueEntities entities = new UniqueEntities(warnings);
    private final Set<CatalogPlace> places = new LinkedHashSet<>();
    private final Map<CatalogPlace, IOException> unreadable = new LinkedHashMap<>();
    private final Set<Visit> visits = new HashSet<>();

    /** A file is read once for each set of kinds: a later location may allow more. */
    private record Visit(CatalogPlace place, Set<String> kinds) {}

    private enum Presence {
        REQUIRED,
        OPTIONAL,
        /** A pattern has matched it. */
        FOUND
    }

    /**
     * The way to a place.
     *
     * @param kinds allowed by the rules of the location that it began with
     * @param written where the configuration has that location; empty if it is not known
     * @param files from the location's to the one that names the place
     * @param line where the last of them names it
     */
    private record Way(Location origin, List<CatalogPlace> files, int line, Presence presence) {
        Set<String> kinds() {
            return origin.allowedKinds();
        }

        /** A missing file that could have no user and no group is nothing to warn about. */
        boolean isRequired() {
            return presence == Presence.REQUIRED && origin.canHoldUsersOrGroups();
        }

        Way through(CatalogPlace file, LocationEntity location) {
            List<CatalogPlace> longer = new ArrayList<>(files);
            longer.add(file);
            return new Way(
                    origin, longer, location.line(), location.isOptional() ? Presence.OPTIONAL : Presence.REQUIRED);
        }

        Way toMatch() {
            return new Way(origin, files, line, Presence.FOUND);
        }

        /** Where the place is named. */
        String named() {
            return files.isEmpty() ? origin.written() : files.getLast() + ":" + line;
        }
    }

    /**
     * @param changed places that may have another content than before
     * @param beforeRead called before a place is read, so that no change after it is missed
     */
    CatalogWalk(
            PlaceReader reader,
            Patterns patterns,
            Optional<RemoteTexts> remote,
            Set<CatalogPlace> changed,
            Consumer<CatalogPlace> beforeRead) {
        this.reader = reader;
        this.patterns = patterns;
        this.remote = remote;
        this.changed = new HashSet<>(changed);
        this.beforeRead = beforeRead;
    }

    CatalogContent walk(List<Location> locations) {
        locations.forEach(location -> follow(location.place(), new Way(location, List.of(), 0, Presence.REQUIRED)));
        List<String> lines = warnings.lines();
        boolean isWhole = lines.isEmpty() && unreadable.isEmpty();
        return new CatalogContent(entities.list(), entities.unknown(), lines, places, unreadable, isWhole);
    }

    private void follow(CatalogPlace place, Way way) {
        if (way.files().contains(place)) {
            warn(place, way, "leads back to " + place + ", which is not read again");
        } else if (way.files().size() >= MAX_DEPTH) {
            warn(place, way, "is not followed: it is the end of a chain of " + MAX_DEPTH + " locations, the maximum");
        } else if (places.size() >= MAX_PLACES && !places.contains(place)) {
            warn(place, way, "is not followed: the catalog has " + MAX_PLACES + " files, the maximum");
        } else if (visits.add(new Visit(place, way.kinds()))) {
            switch (place) {
                case OnDisk(Path path) when isPattern(path) -> followMatches(path, way);
                case OnDisk file -> read(file, way);
                case AtUrl url -> readRemote(url, way);
            }
        }
    }

    private static boolean isPattern(Path path) {
        return GlobPattern.isPattern(path.toString()) && !Files.exists(path);
    }

    private void followMatches(Path pattern, Way way) {
        OnDisk place = new OnDisk(pattern);
        try {
            new GlobPattern(pattern.toString()).requireValid();
        } catch (IllegalArgumentException e) {
            warn(place, way, "is not a valid pattern: " + e.getMessage());
            return;
        }
        begin(place);
        Matches matches = patterns.find(pattern);
        matches.failure().ifPresent(failure -> unreadable.put(place, failure));
        if (matches.files().isEmpty() && way.isRequired()) {
            warn(place, way, "matches no file" + sought(way) + "; files that match are read as soon as they exist");
        }
        Way toFiles = matches.failure().isPresent() ? way : way.toMatch();
        matches.files().forEach(file -> follow(new OnDisk(file), toFiles));
    }

    private void readRemote(AtUrl url, Way way) {
        Optional<String> refusal = RemoteTexts.refusal(url.address());
        if (refusal.isPresent()) {
            warn(url, way, refusal.get());
        } else if (remote.isPresent()) {
            remote.get().written(url.address(), way.named());
            read(url, way);
        } else {
            places.add(url);
        }
    }

    private void read(CatalogPlace place, Way way) {
        boolean isFirstVisit = !places.contains(place);
        begin(place);
        content(place, way).ifPresent(content -> {
            if (isFirstVisit) {
                content.problem().ifPresent(problem -> warnings.add(place, problem));
                content.documents().warnings().forEach(warning -> warnings.add(place, warning));
            }
            take(place, way, content.documents());
        });
    }

    /** Watch first, then read. */
    private void begin(CatalogPlace place) {
        if (places.add(place)) {
            beforeRead.accept(place);
        }
    }

    /**
     * Like Backstage, the host starts without a missing file: it grants nothing. A file that disappears later is an
     * error: a mistake would lock out its users. The same holds for a folder in place of a file.
     */
    private Optional<Content> content(CatalogPlace place, Way way) {
        try {
            return Optional.of(reader.read(place, changed.remove(place)));
        } catch (NoSuchFileException e) {
            boolean mayBeMissing =
                    way.presence() != Presence.REQUIRED || reader.known(place).isEmpty();
            if (!mayBeMissing || !isAbsent(place, way)) {
                return failed(place, e);
            }
            reader.forget(place);
            if (way.isRequired()) {
                warn(place, way, "does not exist" + sought(way) + "; it is read as soon as it does");
            }
            return Optional.empty();
        } catch (RegularFile.NotRegular e) {
            if (reader.known(place).isPresent()) {
                return failed(place, e);
            }
            warn(place, way, "cannot be read: " + e.getReason() + wanted(way));
            return Optional.empty();
        } catch (IOException e) {
            return failed(place, e);
        }
    }

    /** A server's file that the configuration itself names is sought until it is there: a private one is missing for strangers. */
    private static boolean isAbsent(CatalogPlace place, Way way) {
        return switch (place) {
            case OnDisk(Path path) -> !Files.isSymbolicLink(path);
            case AtUrl _ -> !way.files().isEmpty();
        };
    }

    /** The other places where a file of the configuration was sought. */
    private static String sought(Way way) {
        List<Path> places = way.files().isEmpty() ? way.origin().soughtAt() : List.of();
        return places.size() < 2
                ? ""
                : " (nor does " + places.stream().skip(1).map(Path::toString).collect(Collectors.joining(", ")) + ")";
    }

    private static String wanted(Way way) {
        return ". " + (way.files().isEmpty() ? "catalog.locations" : "A location")
                + " must name a file, or files by a pattern such as org/*.yaml; nothing of it is read";
    }

    private Optional<Content> failed(CatalogPlace place, IOException failure) {
        unreadable.put(place, failure);
        return reader.known(place);
    }

    private void take(CatalogPlace place, Way way, EntityDocuments documents) {
        Map<String, Integer> refused = new TreeMap<>();
        for (ReadEntity read : documents.entities()) {
            String kind = read.entity().ref().kind();
            if (way.kinds().contains(kind)) {
                entities.add(place, read);
            } else {
                refused.merge(kind, 1, Integer::sum);
            }
        }
        boolean follows = way.kinds().contains(EntityReader.LOCATION);
        for (LocationEntity location : documents.locations()) {
            if (follows) {
                location.targets().forEach(target -> followTarget(place, way, location, target));
            } else {
                refused.merge(EntityReader.LOCATION, 1, Integer::sum);
            }
        }
        refused.forEach((kind, count) -> {
            String name = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
            warnings.add(
                    place,
                    "entities of kind " + name + " are ignored (" + count
                            + "): neither catalog.rules nor the rules of the" + " location allow them; add " + name
                            + " to 'allow' of the location's rules");
        });
    }

    private void followTarget(CatalogPlace holder, Way way, LocationEntity location, String target) {
        try {
            follow(LocationTargets.place(holder, location, target, remote), way.through(holder, location));
        } catch (IllegalArgumentException e) {
            warnings.add(holder, new Warning(location.line(), "the target '" + target + "' " + e.getMessage()));
        }
    }

    /** @param what about the place */
    private void warn(CatalogPlace place, Way way, String what) {
        if (way.files().isEmpty()) {
            String written = way.named();
            warnings.add(written.isEmpty() ? place : written, written.isEmpty() ? what : place + " " + what);
        } else {
            warnings.add(way.files().getLast(), new Warning(way.line(), "the target " + place + " " + what));
        }
    }
}
