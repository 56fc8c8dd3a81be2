package dev.belfry.host.backup;

import org.jspecify.annotations.Nullable;

/** A backup or restore failed. The message says why, and what to do, for operators. */
public final class BackupFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public BackupFailed(String message) {
        this(message, null);
    }
}
