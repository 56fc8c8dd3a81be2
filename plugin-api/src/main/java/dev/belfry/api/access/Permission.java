package dev.belfry.api.access;

/**
 * A permission, as policies grant it.
 *
 * @param name dotted name, such as {@code notifications.create}; not blank
 * @param action the kind of access
 * @since 0.1
 */
public record Permission(String name, Action action) implements Access {

    public Permission {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a permission's name must not be blank");
        }
    }

    /** The four actions of Backstage's permission policies, and {@code use} for everything else. */
    public enum Action {
        CREATE,
        READ,
        UPDATE,
        DELETE,
        USE;

        /** The lower-case name that policies use. */
        public String policyName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
