package dev.belfry.host.tasks;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.sql.PreparedStatement;
import java.time.Instant;

/** The payloads that a queue has given up. */
final class DeadLetterTable {

    private static final String NAME = "belfry_dead_letter";

    private static final String COUNT = "select count(*) from " + NAME + " where queue = ?";
    private static final String BURY =
            "insert into " + NAME + " (queue, id, payload, attempts, reason, failed_at) values (?, ?, ?, ?, ?, ?)";
    private static final String REVIVE = "insert into " + TaskTable.NAME
            + " (task_name, task_instance, task_data, execution_time, picked, version)"
            + " select ?, id, payload, ?, ?, 1 from " + NAME + " where queue = ?";

    /** Not all dead letters of the queue: another one may have come after the insert. */
    private static final String FORGET_REVIVED = "delete from " + NAME + " where queue = ?"
            + " and id in (select task_instance from " + TaskTable.NAME + " where task_name = ?)";

    private final TaskTable tasks;
    private final JdbcCustomization dialect;

    DeadLetterTable(TaskTable tasks, JdbcCustomization dialect) {
        this.tasks = tasks;
        this.dialect = dialect;
    }

    long count(String queue) {
        return tasks.count(COUNT, queue);
    }

    /** Moves an execution to the dead letters, unless another host has taken it over. */
    void bury(String queue, Execution execution, byte[] payload, int attempts, String reason, Instant now) {
        tasks.inTransaction(connection -> {
            if (!tasks.delete(connection, execution)) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(BURY)) {
                insert.setString(1, queue);
                insert.setString(2, execution.getId());
                insert.setBytes(3, payload);
                insert.setInt(4, attempts);
                insert.setString(5, reason);
                insert.setLong(6, now.toEpochMilli());
                insert.executeUpdate();
            }
            return true;
        });
    }

    /** Makes the dead letters of a queue tasks again, and returns how many there were. */
    int revive(String queue, String task, Instant due) {
        return tasks.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(REVIVE)) {
                insert.setString(1, task);
                dialect.setInstant(insert, 2, due);
                insert.setBoolean(3, false);
                insert.setString(4, queue);
                insert.executeUpdate();
            }
            try (PreparedStatement delete = connection.prepareStatement(FORGET_REVIVED)) {
                delete.setString(1, queue);
                delete.setString(2, task);
                return delete.executeUpdate();
            }
        });
    }
}
