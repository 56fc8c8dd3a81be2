package dev.belfry.api.access;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.Set;

/**
 * The authenticated sender of a request. Plugins never read tokens.
 *
 * @since 0.1
 */
public sealed interface Caller {

    /** Short text for logs, such as {@code user:default/guest}; never a credential. */
    String subject();

    /**
     * A signed-in user, who exists in the catalog.
     *
     * @param ref of kind {@code user}
     * @param ownership the claim {@code ent} of the token: the user and entities that the user belongs to. Use the catalog
     *     for memberships of groups
     */
    record User(EntityRef ref, Set<EntityRef> ownership) implements Caller {

        public User {
            if (!ref.kind().equals("user")) {
                throw new IllegalArgumentException("'" + ref + "' is not a user");
            }
            ownership = Set.copyOf(ownership);
        }

        @Override
        public String subject() {
            return ref.toString();
        }
    }

    /**
     * Another service, or an external caller with a static token or a shared secret.
     *
     * @param subject such as {@code plugin:search} or {@code external:ci}; not blank
     * @param restrictions limits of the caller's access; empty = no limit
     */
    record Service(String subject, List<AccessRestriction> restrictions) implements Caller {

        public Service {
            if (subject.isBlank()) {
                throw new IllegalArgumentException("a service's subject must not be blank");
            }
            restrictions = List.copyOf(restrictions);
        }
    }

    /** An unauthenticated caller, who can use only routes with {@link Access#PUBLIC}. */
    record Anonymous() implements Caller {

        @Override
        public String subject() {
            return "anonymous";
        }
    }
}
