package dev.belfry.notifications.storage;

/**
 * Which notifications of those that reach somebody.
 *
 * @since 0.1
 */
public enum Scope {
    /** Addressed to the recipient, or to a group that they are in. */
    USER,
    /** Meant for everyone. */
    SYSTEM,
    /** Both. */
    ALL;

    public boolean includesUser() {
        return this != SYSTEM;
    }

    public boolean includesSystem() {
        return this != USER;
    }
}
