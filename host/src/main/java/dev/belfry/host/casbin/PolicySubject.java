package dev.belfry.host.casbin;

import dev.belfry.api.catalog.EntityRef;
import java.util.Set;
import java.util.regex.Pattern;

/** References to roles, users and groups as a policy writes them: always complete. */
final class PolicySubject {

    private static final String ROLE = "role";
    private static final Pattern WHOLE = Pattern.compile("[^:/]+:[^:/]+/[^:/]+");

    private PolicySubject() {}

    /**
     * A rule may name a user or a group directly, as older policies do.
     *
     * @throws IllegalArgumentException naming the text and the rule
     */
    static EntityRef ofRule(String text) {
        return parse(text, Set.of(ROLE, EntityRef.USER, EntityRef.GROUP), "role:namespace/name");
    }

    /** @throws IllegalArgumentException naming the text and the rule */
    static EntityRef role(String text) {
        return parse(text, Set.of(ROLE), "role:namespace/name");
    }

    /** @throws IllegalArgumentException naming the text and the rule */
    static EntityRef member(String text) {
        return parse(text, Set.of(EntityRef.USER, EntityRef.GROUP), "user:namespace/name or group:namespace/name");
    }

    private static EntityRef parse(String text, Set<String> kinds, String form) {
        EntityRef ref = WHOLE.matcher(text).matches() ? checked(text) : null;
        if (ref == null || !kinds.contains(ref.kind())) {
            throw new IllegalArgumentException("'" + text + "' does not have the form " + form);
        }
        return ref;
    }

    private static EntityRef checked(String text) {
        try {
            return EntityRef.parse(text, "");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }
}
