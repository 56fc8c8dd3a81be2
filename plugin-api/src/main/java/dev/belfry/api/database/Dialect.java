package dev.belfry.api.database;

/**
 * The kinds of database that Belfry speaks to.
 *
 * @since 0.1
 */
public enum Dialect {
    SQLITE,
    POSTGRESQL;

    /** As folders of migrations are called: in lower case. */
    public String folder() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
