package dev.belfry.host.tasks;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.belfry.api.database.Database;
import dev.belfry.host.tracing.Tracing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Statements on db-scheduler's table that db-scheduler itself does not have: within a transaction, and without counting an attempt. */
final class TaskTable {

    static final String NAME = "belfry_scheduled_task";

    private static final String INSERT = "insert into " + NAME
            + " (task_name, task_instance, task_data, execution_time, picked, version) values (?, ?, ?, ?, ?, 1)";
    private static final String COUNT = "select count(*) from " + NAME + " where task_name = ?";
    private static final String PUT_BACK =
            "update " + NAME + " set picked = ?, picked_by = null, last_heartbeat = null,"
                    + " version = version + 1 where task_name = ? and task_instance = ? and version = ?";
    private static final String DELETE =
            "delete from " + NAME + " where task_name = ? and task_instance = ? and version = ?";

    private final Database database;
    private final JdbcCustomization dialect;
    private final Tracing tracing;

    TaskTable(Database database, JdbcCustomization dialect, Tracing tracing) {
        this.tracing = tracing;
        this.database = database;
        this.dialect = dialect;
    }

    /** Work with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T run(Work<T> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    <T> T inTransaction(Work<T> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    RuntimeException failure(SQLException e) {
        return database.unavailability(e)
                .<RuntimeException>map(unavailable -> unavailable)
                .orElseGet(
                        () -> new IllegalStateException("the table " + NAME + " cannot be used: " + e.getMessage(), e));
    }

    void insert(Connection connection, String task, byte[] data, Instant due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, task);
            statement.setString(2, PayloadId.next(tracing.parent()));
            statement.setBytes(3, data);
            dialect.setInstant(statement, 4, due);
            statement.setBoolean(5, false);
            statement.executeUpdate();
        }
    }

    long count(String task) {
        return count(COUNT, task);
    }

    /** @param sql counts the rows that have a name */
    long count(String sql, String name) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, name);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1);
                }
            }
        });
    }

    /** Another scheduler can take the execution at once. */
    void putBack(Execution execution) {
        run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PUT_BACK)) {
                statement.setBoolean(1, false);
                setKey(statement, 2, execution);
                return statement.executeUpdate();
            }
        });
    }

    private static void setKey(PreparedStatement statement, int first, Execution execution) throws SQLException {
        statement.setString(first, execution.getTaskName());
        statement.setString(first + 1, execution.getId());
        statement.setLong(first + 2, execution.version);
    }

    /** @return false if another host has taken the execution over */
    boolean delete(Connection connection, Execution execution) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            setKey(statement, 1, execution);
            return statement.executeUpdate() > 0;
        }
    }
}
