package dev.belfry.api.database;

import org.jspecify.annotations.Nullable;

/**
 * The schema of a plugin could not be migrated.
 *
 * @since 0.1
 */
public final class MigrationFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MigrationFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
