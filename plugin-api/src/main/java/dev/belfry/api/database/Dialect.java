package dev.belfry.api.database;

/**
 * The supported databases.
 *
 * @since 0.1
 */
public enum Dialect {
    SQLITE,
    POSTGRESQL;

    /** The lower-case name that folders of migrations use. */
    public String folder() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
