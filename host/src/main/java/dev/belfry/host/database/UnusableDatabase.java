package dev.belfry.host.database;

import java.sql.SQLException;

/** The database cannot be used as it is. The message says what to do. */
final class UnusableDatabase extends SQLException {

    private static final long serialVersionUID = 1L;

    /** Waiting does not help. */
    UnusableDatabase(String message) {
        super(message);
    }

    /** @param state for {@link Outages}: the one that a statement would fail with */
    UnusableDatabase(String message, String state) {
        super(message, state);
    }
}
