package dev.belfry.host.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultResultSet;

/** The rows of a query. SQLite computes a row when it is read, so reading counts as the query's time. */
final class TimedResultSet extends DefaultResultSet {

    private final StatementTimer timer;

    TimedResultSet(ResultSet rows, StatementTimer timer) throws SQLException {
        super(rows, rows.getStatement());
        this.timer = timer;
    }

    @Override
    public boolean next() throws SQLException {
        boolean more;
        timer.begin();
        try {
            more = super.next();
        } catch (SQLException failure) {
            timer.failed(failure);
            throw failure;
        } finally {
            timer.pause();
        }
        if (more) {
            timer.read();
        } else {
            timer.end();
        }
        return more;
    }

    @Override
    public void close() throws SQLException {
        timer.end();
        super.close();
    }
}
