package dev.belfry.host.casbin;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.settings.PermissionSettings.SuperUser;
import dev.belfry.host.spelling.NearEntities;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A user or a group that a policy names and the catalog does not have, so that a deny reaches nobody.
 *
 * @param place of the first line that names it
 */
record UnknownSubject(EntityRef ref, String place, String consequence) {

    private static final String ROLE = "role";

    /** @return each once; none before all sources of the catalog have been read */
    static List<UnknownSubject> in(PolicyDocument document, List<SuperUser> superUsers, CatalogNames catalog) {
        if (!catalog.isComplete()) {
            return List.of();
        }
        Stream<UnknownSubject> lines = Stream.concat(
                document.memberships().stream().map(line -> ofLine(line.member(), line.where())),
                document.rules().stream()
                        .filter(line -> !line.subject().kind().equals(ROLE))
                        .map(line -> ofLine(line.subject(), line.where())));
        Stream<UnknownSubject> entries = superUsers.stream()
                .map(user -> new UnknownSubject(
                        user.name(), user.place() + ": permission.rbac.admin.superUsers", "The entry has no effect"));
        Set<EntityRef> known = catalog.all();
        return Stream.concat(lines.filter(first()), entries.filter(first()))
                .filter(subject -> !known.contains(subject.ref))
                .toList();
    }

    private static UnknownSubject ofLine(EntityRef ref, String where) {
        return new UnknownSubject(ref, where, "Its lines have no effect");
    }

    private static Predicate<UnknownSubject> first() {
        Set<EntityRef> seen = new LinkedHashSet<>();
        return subject -> seen.add(subject.ref);
    }

    String warning(NearEntities near) {
        return place + ": the catalog has no " + ref.kind() + " '" + ref + "'"
                + near.of(ref).map(other -> " (did you mean '" + other + "'?)").orElse("") + ". " + consequence;
    }
}
