package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.SQLException;

/** How long the statements of a database may take, as far as it is not the server that sees to it. */
interface StatementLimit {

    /** Leaves it to the server. */
    StatementLimit NONE = new StatementLimit() {
        @Override
        public Deadline on(Connection connection) {
            return Deadline.NONE;
        }

        @Override
        public void lift() {}

        @Override
        public void restore() {}
    };

    /** For a connection that was just made. */
    Deadline on(Connection connection) throws SQLException;

    /** Until it is restored, no statement is cut off. */
    void lift();

    void restore();
}
