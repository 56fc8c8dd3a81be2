package dev.belfry.api.access;

/**
 * The access rule of a route: a {@link Permission}, {@link #AUTHENTICATED}, or {@link #PUBLIC}.
 *
 * @since 0.1
 */
public sealed interface Access permits Permission, Access.Level {

    /** Any authenticated caller; no permission is checked. */
    Access AUTHENTICATED = Level.AUTHENTICATED;

    /** Everybody, with or without credentials. Invalid credentials are refused nevertheless. */
    Access PUBLIC = Level.PUBLIC;

    /** The two rules without a permission. */
    enum Level implements Access {
        /** See {@link Access#AUTHENTICATED}. */
        AUTHENTICATED,
        /** See {@link Access#PUBLIC}. */
        PUBLIC
    }
}
