package dev.belfry.api.access;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.Set;

/**
 * Who is calling, as proven by the host. Plugins never look at tokens.
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
     * @param ownership what the token says the user owns or belongs to ({@code ent}); the user itself included. Membership
     *     of groups is the catalog's to say
     */
    record User(EntityRef ref, Set<EntityRef> ownership) implements Caller {

        public User {
            if (!ref.kind().equals("user")) {
                throw new IllegalArgumentException("'" + ref + "' is no user");
            }
            ownership = Set.copyOf(ownership);
        }

        @Override
        public String subject() {
            return ref.toString();
        }
    }

    /**
     * Another service, or a caller from outside that shares a secret with us.
     *
     * @param subject such as {@code plugin:search} or {@code external:ci}; not blank
     * @param restrictions what the caller is limited to; empty = no limit
     */
    record Service(String subject, List<AccessRestriction> restrictions) implements Caller {

        public Service {
            if (subject.isBlank()) {
                throw new IllegalArgumentException("a service's subject must not be blank");
            }
            restrictions = List.copyOf(restrictions);
        }
    }

    /** Nobody proven: reaches only routes with {@link Access#PUBLIC}. */
    record Anonymous() implements Caller {

        @Override
        public String subject() {
            return "anonymous";
        }
    }
}
