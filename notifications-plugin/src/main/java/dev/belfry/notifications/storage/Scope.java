package dev.belfry.notifications.storage;

/**
 * Which notifications of an inbox to include.
 *
 * @since 0.1
 */
public enum Scope {
    /** Those addressed to the recipient, or to one of their groups. */
    USER,
    /** Those for everyone. */
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
