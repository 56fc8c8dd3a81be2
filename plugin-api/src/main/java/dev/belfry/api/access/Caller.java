package dev.belfry.api.access;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The authenticated sender of a request. Plugins never read tokens.
 *
 * <p>Later versions can add kinds of callers, and properties of those kinds. A {@code switch} over callers therefore needs a {@code
 * default} branch, which denies.
 *
 * @since 0.1
 */
public abstract class Caller {

    private static final Caller ANONYMOUS = new Anonymous();

    private Caller() {}

    /** As {@link #user(EntityRef, Set)}, for a user who owns nothing but itself. */
    public static Caller user(EntityRef ref) {
        return user(ref, Set.of(ref));
    }

    /**
     * A signed-in user.
     *
     * @param ref of kind {@code user}
     * @param ownership see {@link User#ownership}
     * @throws IllegalArgumentException if {@code ref} is of another kind
     */
    public static Caller user(EntityRef ref, Set<EntityRef> ownership) {
        return new User(ref, ownership);
    }

    /** As {@link #service(String, List)}, without limits. */
    public static Caller service(String subject) {
        return service(subject, List.of());
    }

    /**
     * Another service, or an external caller.
     *
     * @param subject such as {@code plugin:search} or {@code external:ci}; not blank
     * @param restrictions see {@link Service#restrictions}
     */
    public static Caller service(String subject, List<AccessRestriction> restrictions) {
        return new Service(subject, restrictions);
    }

    /** A caller without credentials. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** Short text for logs, such as {@code user:default/guest}; never a credential. */
    public abstract String subject();

    /** The {@link #subject}. */
    @Override
    public final String toString() {
        return subject();
    }

    /** A signed-in user, who exists in the catalog. */
    public static final class User extends Caller {

        private final EntityRef ref;
        private final Set<EntityRef> ownership;

        private User(EntityRef ref, Set<EntityRef> ownership) {
            if (!ref.kind().equals("user")) {
                throw new IllegalArgumentException("'" + ref + "' is not a user");
            }
            this.ref = ref;
            this.ownership = Set.copyOf(ownership);
        }

        /** The user's entity, of kind {@code user}. */
        public EntityRef ref() {
            return ref;
        }

        /**
         * The claim {@code ent} of the token: the user and entities that the user belongs to. Use the catalog for memberships of
         * groups.
         *
         * @return unmodifiable
         */
        public Set<EntityRef> ownership() {
            return ownership;
        }

        @Override
        public String subject() {
            return ref.toString();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof User user && ref.equals(user.ref) && ownership.equals(user.ownership);
        }

        @Override
        public int hashCode() {
            return Objects.hash(ref, ownership);
        }
    }

    /** Another service, or an external caller with a static token or a shared secret. */
    public static final class Service extends Caller {

        private final String subject;
        private final List<AccessRestriction> restrictions;

        private Service(String subject, List<AccessRestriction> restrictions) {
            if (subject.isBlank()) {
                throw new IllegalArgumentException("a service's subject must not be blank");
            }
            this.subject = subject;
            this.restrictions = List.copyOf(restrictions);
        }

        /**
         * Limits of the caller's access.
         *
         * @return unmodifiable; empty = no limit
         */
        public List<AccessRestriction> restrictions() {
            return restrictions;
        }

        @Override
        public String subject() {
            return subject;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Service service
                    && subject.equals(service.subject)
                    && restrictions.equals(service.restrictions);
        }

        @Override
        public int hashCode() {
            return Objects.hash(subject, restrictions);
        }
    }

    /** A caller without credentials, who can use only routes with {@link Access#PUBLIC}. */
    public static final class Anonymous extends Caller {

        private Anonymous() {}

        @Override
        public String subject() {
            return "anonymous";
        }
    }
}
