package dev.belfry.host.casbin;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.spelling.ClosestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An invalid line of a policy. It can be left out if the policy without it cannot allow more than the operator meant:
 *
 * <ul>
 *   <li>a {@code p} line whose fifth field is {@code allow};
 *   <li>another line with three fields, such as a {@code g} line, the last of which is the reference of a role that no line denies anything.
 * </ul>
 *
 * A line with a field near {@code deny} cannot, nor one that may give {@code role:default/authenticated} to somebody: everybody has
 * this role if no line gives it.
 *
 * @param message file, line and rule
 * @param fields as far as they can be told apart
 */
record FaultyLine(String message, List<String> fields) {

    private static final String RULE = "p";

    /** @param denied the subjects of the valid lines that deny something */
    boolean canBeLeftOut(Set<EntityRef> denied) {
        if (fields.stream().anyMatch(field -> isNear(field, PolicyReader.DENY))) {
            return false;
        }
        return fields.getFirst().strip().equalsIgnoreCase(RULE)
                ? isGrant()
                : role().filter(role -> !denied.contains(role) && !mayBeEverybodys(role))
                        .isPresent();
    }

    private boolean isGrant() {
        return fields.size() >= PolicyReader.RULE_FIELDS
                && fields.get(PolicyReader.RULE_FIELDS - 1).strip().equalsIgnoreCase(PolicyReader.ALLOW);
    }

    /** Whether it is the role that everybody has if no line gives it, or near it. */
    static boolean mayBeEverybodys(EntityRef role) {
        return isNear(role.name(), PolicyDocument.AUTHENTICATED.name());
    }

    /** The role that the line would have given to somebody. */
    private Optional<EntityRef> role() {
        if (fields.size() != PolicyReader.MEMBERSHIP_FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(PolicySubject.role(fields.getLast()));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /** As {@code denied}, {@code DENY;} and {@code dney} are near {@code deny}. */
    private static boolean isNear(String field, String effect) {
        String letters = field.strip().toLowerCase(Locale.ROOT);
        return letters.contains(effect)
                || letters.startsWith(effect.substring(0, effect.length() - 1))
                || ClosestName.of(letters, List.of(effect)).isPresent();
    }
}
