package dev.belfry.host.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultResultSet;

/** What a query has found. SQLite looks for a row when it is asked for, so asking belongs to the query. */
final class TimedRows extends DefaultResultSet {

    private final Run run;

    TimedRows(ResultSet rows, Run run) throws SQLException {
        super(rows, rows.getStatement());
        this.run = run;
    }

    @Override
    public boolean next() throws SQLException {
        boolean more;
        run.begin();
        try {
            more = super.next();
        } finally {
            run.pause();
        }
        if (more) {
            run.read();
        } else {
            run.end();
        }
        return more;
    }

    @Override
    public void close() throws SQLException {
        run.end();
        super.close();
    }
}
