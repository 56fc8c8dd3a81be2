package dev.belfry.api.access;

/**
 * A named right, as permission policies list it.
 *
 * @param name dotted name, such as {@code notifications.create}; not blank
 * @param action what is done to the named thing
 * @since 0.1
 */
public record Permission(String name, Action action) implements Access {

    public Permission {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a permission's name must not be blank");
        }
    }

    /** The four actions of the permission policies of the Backstage family, and {@code use} for everything else. */
    public enum Action {
        CREATE,
        READ,
        UPDATE,
        DELETE,
        USE;

        /** As policies spell it: in lower case. */
        public String policyName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
