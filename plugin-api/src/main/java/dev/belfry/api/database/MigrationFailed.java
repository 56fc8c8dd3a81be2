package dev.belfry.api.database;

import org.jspecify.annotations.Nullable;

/**
 * A plugin's tables could not be brought up to date.
 *
 * @since 0.1
 */
public final class MigrationFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MigrationFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
