package dev.belfry.api.access;

/**
 * Who may use a route: a {@link Permission}, {@link #AUTHENTICATED}, or {@link #PUBLIC}.
 *
 * @since 0.1
 */
public sealed interface Access permits Permission, Access.Level {

    /** Any caller whose identity is proven; no permission is asked for. */
    Access AUTHENTICATED = Level.AUTHENTICATED;

    /** Everybody, with or without credentials. Invalid credentials are still refused. */
    Access PUBLIC = Level.PUBLIC;

    /** The two kinds of access that name no permission. */
    enum Level implements Access {
        /** See {@link Access#AUTHENTICATED}. */
        AUTHENTICATED,
        /** See {@link Access#PUBLIC}. */
        PUBLIC
    }
}
