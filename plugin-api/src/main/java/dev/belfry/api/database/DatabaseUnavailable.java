package dev.belfry.api.database;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot serve at the moment. If a handler throws this, or an exception with this as its cause, the response is a
 * 503 with {@code Retry-After}. If the start of a plugin throws it, the host repeats the start.
 *
 * <p>{@link Database#unavailability} makes one of a failure of JDBC. A plugin that stores its data elsewhere throws its own.
 *
 * @since 0.2
 */
public final class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a database cannot serve. */
    public enum Reason {
        /** The server cannot be reached, is starting or is stopping. */
        AWAY("the database is away"),
        /** All connections or locks are in use, and none became free in time. */
        BUSY("all connections to the database are in use"),
        /** Nothing can be written: the disk is full. */
        DISK_FULL("the disk of the database is full"),
        /** Nothing can be written: the database or its file is read-only. */
        READ_ONLY("the database can be read, but not written to"),
        /** The user of the database lacks a right that a statement needs. */
        MISSING_RIGHT("the user of the database lacks a right"),
        /** Tables of the plugin, or its whole schema, are gone. */
        TABLES_MISSING("tables of the plugin are missing in the database"),
        /** The file cannot be opened, read or written. */
        UNREADABLE("the file of the database cannot be read or written"),
        /** A pooler in front of the server has a configuration that the host does not support. */
        POOLER_MISCONFIGURED("a pooler does not keep a session of the database for each connection"),
        /** A statement took longer than {@code belfry.database.statementTimeout}. */
        STATEMENT_TIMEOUT("a statement took the database too long, and was cut off");

        private final String description;

        Reason(String description) {
            this.description = description;
        }

        /** A clause for clients, such as {@code the database is away}. */
        public String description() {
            return description;
        }

        /**
         * Whether waiting may help. {@link #POOLER_MISCONFIGURED}, {@link #MISSING_RIGHT} and {@link #TABLES_MISSING} need an
         * operator.
         */
        public boolean isTemporary() {
            return switch (this) {
                case POOLER_MISCONFIGURED, MISSING_RIGHT, TABLES_MISSING -> false;
                case AWAY, BUSY, DISK_FULL, READ_ONLY, UNREADABLE, STATEMENT_TIMEOUT -> true;
            };
        }
    }

    /**
     * @param message for the log; clients see {@link Reason#description} instead
     * @param cause null if the plugin itself found the reason
     */
    public DatabaseUnavailable(String message, Reason reason, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
