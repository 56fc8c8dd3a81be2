package dev.belfry.host.database;

import dev.belfry.host.limit.RequestTimeLimit;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A statement of any kind, timed at each execution. */
final class TimedStatement implements InvocationHandler {

    private final Statement statement;
    private final StatementDeadline deadline;
    private final StatementTimers timers;
    private String sql;
    private @Nullable StatementTimer timer;

    /** @param sql empty when each execution brings its own */
    TimedStatement(Statement statement, String sql, StatementDeadline deadline, StatementTimers timers) {
        this.statement = statement;
        this.sql = sql;
        this.deadline = deadline;
        this.timers = timers;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (arguments != null && arguments[0] instanceof String text && (isRun(name) || name.equals("addBatch"))) {
            sql = text;
        }
        if (isRun(name)) {
            return run(method, arguments);
        }
        if (name.equals("close")) {
            endRun();
        }
        if (name.equals("equals")) {
            return arguments != null && proxy == arguments[0];
        }
        Object result = TimedConnection.call(statement, method, arguments);
        return name.equals("getResultSet") ? timed(result) : result;
    }

    private static boolean isRun(String method) {
        return method.startsWith("execute");
    }

    private @Nullable Object run(Method method, Object @Nullable [] arguments) throws Throwable {
        endRun();
        RequestTimeLimit.checkCurrent();
        StatementTimer now = timers.of(sql, deadline);
        timer = now;
        now.begin();
        Object result = null;
        try {
            result = TimedConnection.call(statement, method, arguments);
        } catch (Throwable failure) {
            now.failed(failure);
            throw failure;
        } finally {
            now.pause();
            // With rows, the statement ends with the last row.
            if (!(result instanceof ResultSet) && !Boolean.TRUE.equals(result)) {
                count(now, result);
                now.end();
            }
        }
        return timed(result);
    }

    private static void count(StatementTimer timer, @Nullable Object result) {
        switch (result) {
            case Integer many -> timer.changed(many);
            case Long many -> timer.changed(many);
            case int[] batch ->
                timer.changed(Arrays.stream(batch).filter(many -> many > 0).sum());
            case null, default -> {}
        }
    }

    private @Nullable Object timed(@Nullable Object result) throws SQLException {
        return result instanceof ResultSet rows && timer != null ? new TimedResultSet(rows, timer) : result;
    }

    private void endRun() {
        if (timer != null) {
            timer.end();
            timer = null;
        }
    }
}
