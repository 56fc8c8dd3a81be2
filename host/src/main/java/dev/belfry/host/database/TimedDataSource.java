package dev.belfry.host.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The data source below a pool: connections of another data source, with timed statements. */
final class TimedDataSource implements DataSource {

    private final DataSource source;
    private final StatementTimeout limit;
    private final SlowQueries slow;

    TimedDataSource(DataSource source, StatementTimeout limit, SlowQueries slow) {
        this.source = source;
        this.limit = limit;
        this.slow = slow;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return timed(source.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return timed(source.getConnection(user, password));
    }

    private Connection timed(Connection connection) throws SQLException {
        return TimedConnection.of(connection, limit.on(connection), slow);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(source) ? type.cast(source) : source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(source) || source.isWrapperFor(type);
    }
}
