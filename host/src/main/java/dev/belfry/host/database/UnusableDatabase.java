package dev.belfry.host.database;

import java.sql.SQLException;

/** The database cannot be used as it is. The message says what to do; waiting does not help. */
final class UnusableDatabase extends SQLException {

    private static final long serialVersionUID = 1L;

    UnusableDatabase(String message) {
        super(message);
    }
}
