package dev.belfry.host.tasks;

import dev.belfry.api.queue.DurableQueue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/** A queue: its payloads are tasks of one name. */
final class StoredQueue<T> implements DurableQueue<T> {

    private final String name;
    private final String task;
    private final PayloadJson<T> json;
    private final TaskTable table;
    private final DeadLetterTable deadLetters;
    private final Clock clock;
    private final Runnable wakeUp;

    /**
     * @param task name of the tasks in the table
     * @param wakeUp makes the scheduler of this host look for tasks now
     */
    StoredQueue(
            String name,
            String task,
            PayloadJson<T> json,
            TaskTable table,
            DeadLetterTable deadLetters,
            Clock clock,
            Runnable wakeUp) {
        this.name = name;
        this.task = task;
        this.json = json;
        this.table = table;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    String name() {
        return name;
    }

    @Override
    public void put(T payload) {
        byte[] data = json.write(payload);
        table.run(connection -> {
            table.insert(connection, task, data, clock.instant());
            return true;
        });
        wakeUp.run();
    }

    @Override
    public void put(Connection connection, T payload) {
        try {
            table.insert(connection, task, json.write(payload), clock.instant());
        } catch (SQLException e) {
            throw table.failure(e);
        }
    }

    @Override
    public long depth() {
        return table.count(task);
    }

    @Override
    public long deadLetters() {
        return deadLetters.count(name);
    }

    @Override
    public int retryDeadLetters() {
        int revived = deadLetters.revive(name, task, clock.instant());
        wakeUp.run();
        return revived;
    }
}
