package dev.belfry.host.lifecycle;

import java.sql.SQLException;

/** The database of a plugin cannot be opened. The message says why, and what an operator can do. */
public final class DatabaseNotOpened extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public DatabaseNotOpened(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
