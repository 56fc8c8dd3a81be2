package dev.belfry.host.casbin;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.settings.PermissionSettings.SuperUser;
import dev.belfry.host.spelling.NamedEntity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The users and groups that a policy names. One that the catalog does not have can hide a deny that reaches nobody. */
final class PolicySubjects {

    private static final String ROLE = "role";

    private PolicySubjects() {}

    /** @return each once, with the first line that names it; and each super user once */
    static List<NamedEntity> in(PolicyDocument document, List<SuperUser> superUsers) {
        Stream<NamedEntity> lines = Stream.concat(
                document.memberships().stream().map(line -> ofLine(line.member(), line.where())),
                document.rules().stream()
                        .filter(line -> !line.subject().kind().equals(ROLE))
                        .map(line -> ofLine(line.subject(), line.where())));
        Stream<NamedEntity> entries = superUsers.stream()
                .map(user -> new NamedEntity(
                        user.name(), user.place() + ": permission.rbac.admin.superUsers", "The entry has no effect"));
        return Stream.concat(lines.filter(first()), entries.filter(first())).toList();
    }

    private static NamedEntity ofLine(EntityRef ref, String where) {
        return new NamedEntity(ref, where, "Its lines have no effect");
    }

    private static Predicate<NamedEntity> first() {
        Set<EntityRef> seen = new HashSet<>();
        return entity -> seen.add(entity.ref());
    }
}
