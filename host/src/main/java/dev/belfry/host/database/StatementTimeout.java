package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.SQLException;

/** The statement timeout of a database, where the host and not the server enforces it. */
interface StatementTimeout {

    /** The server enforces the timeout. */
    StatementTimeout NONE = new StatementTimeout() {
        @Override
        public StatementDeadline on(Connection connection) {
            return StatementDeadline.NONE;
        }

        @Override
        public void lift() {}

        @Override
        public void restore() {}
    };

    /** For a new connection. */
    StatementDeadline on(Connection connection) throws SQLException;

    /** Suspends the timeout until {@link #restore}. */
    void lift();

    void restore();
}
