package dev.belfry.host.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** A connection that times its statements. It is below the pool, so it is created once per physical connection. */
final class TimedConnection implements InvocationHandler {

    private final Connection connection;
    private final StatementDeadline deadline;
    private final StatementTimers timers;

    private TimedConnection(Connection connection, StatementDeadline deadline, StatementTimers timers) {
        this.connection = connection;
        this.deadline = deadline;
        this.timers = timers;
    }

    static Connection of(Connection connection, StatementDeadline deadline, StatementTimers timers) {
        return proxy(Connection.class, new TimedConnection(connection, deadline, timers));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals")) {
            return arguments != null && proxy == arguments[0];
        }
        String name = method.getName();
        if (name.equals("commit")) {
            return commit(method);
        }
        if (name.equals("rollback") && arguments == null) {
            return rollback(method);
        }
        Object result = call(connection, method, arguments);
        return result instanceof Statement statement
                ? proxy(
                        method.getReturnType().asSubclass(Statement.class),
                        new TimedStatement(statement, sql(arguments), deadline, timers))
                : result;
    }

    /** Waits for the disk or a replica; never canceled. */
    private @Nullable Object commit(Method method) throws Throwable {
        StatementTimer timer = timers.of("commit", StatementDeadline.NONE);
        timer.begin();
        try {
            return call(connection, method, null);
        } catch (Throwable failure) {
            timer.failed(failure);
            throw failure;
        } finally {
            timer.pause();
            timer.end();
        }
    }

    /**
     * SQLite rolls back by itself after some errors; a later rollback must not fail with another error. The driver
     * begins a new transaction after each rollback, and relies on it.
     */
    private @Nullable Object rollback(Method method) throws Throwable {
        try {
            return call(connection, method, null);
        } catch (SQLiteException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("begin");
            }
            return null;
        }
    }

    private static String sql(Object @Nullable [] arguments) {
        return arguments != null && arguments[0] instanceof String sql ? sql : "";
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(TimedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Throws what the method has thrown. */
    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
