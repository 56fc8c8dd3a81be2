package dev.belfry.host.casbin;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds roles that only {@code p} lines name, or only {@code g} lines: probably misspelled, so that a deny reaches nobody. */
final class UnmatchedRoles {

    private static final String ROLE = "role";

    private UnmatchedRoles() {}

    /** @return one warning for each such role, with the first line that names it */
    static List<String> warnings(PolicyDocument document) {
        Set<EntityRef> given = Stream.concat(
                        document.memberships().stream().map(Membership::role), document.everybody().stream())
                .collect(Collectors.toSet());
        Set<EntityRef> ruled = document.rules().stream()
                .map(PolicyRule::subject)
                .filter(subject -> subject.kind().equals(ROLE))
                .collect(Collectors.toSet());
        List<String> warnings = new ArrayList<>();
        Set<EntityRef> told = new LinkedHashSet<>(given);
        document.rules().stream()
                .filter(rule -> rule.subject().kind().equals(ROLE) && told.add(rule.subject()))
                .forEach(rule -> warnings.add(rule.where() + ": no g line gives the role '" + rule.subject()
                        + "' to anybody" + near(rule.subject(), given) + ". Its lines have no effect"));
        told.addAll(ruled);
        document.memberships().stream()
                .filter(membership -> !ruled.contains(membership.role()))
                .filter(membership -> !membership.role().equals(PolicyDocument.AUTHENTICATED))
                .filter(membership -> told.remove(membership.role()))
                .forEach(membership ->
                        warnings.add(membership.where() + ": no p line names the role '" + membership.role() + "'"
                                + near(membership.role(), ruled) + ". The role allows and denies nothing"));
        return warnings;
    }

    private static String near(EntityRef role, Set<EntityRef> others) {
        return ClosestName.of(role.name(), others.stream().map(EntityRef::name).toList())
                .flatMap(name -> others.stream()
                        .filter(other -> other.name().equals(name))
                        .findFirst())
                .map(other -> " (did you mean '" + other + "'?)")
                .orElse("");
    }
}
