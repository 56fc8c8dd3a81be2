package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.SQLException;

/** How long the statements of a database may take, as far as it is not the server that sees to it. */
interface StatementTimeout {

    /** Leaves it to the server. */
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

    /** For a connection that was just made. */
    StatementDeadline on(Connection connection) throws SQLException;

    /** Until it is restored, no statement is cut off. */
    void lift();

    void restore();
}
