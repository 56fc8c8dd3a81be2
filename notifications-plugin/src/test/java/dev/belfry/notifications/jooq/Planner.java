package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.Signals;
import dev.belfry.notifications.jooq.schema.DefaultSchema;
import dev.belfry.testkit.TestDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jooq.Table;

/** A database that checks the plan of each statement. */
abstract class Planner implements Database {

    /** The tables that grow. */
    static final Set<String> TABLES = DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
            .map(Table::getName)
            .collect(Collectors.toSet());

    private final TestDatabase database;
    private final Set<Scan> scans = new LinkedHashSet<>();
    private final Set<String> planned = new LinkedHashSet<>();
    private String during = "";

    Planner(TestDatabase database) {
        this.database = database;
    }

    static Planner of(TestDatabase database) {
        return switch (database.dialect()) {
            case SQLITE -> new SqlitePlanner(database);
            case POSTGRESQL -> new PostgresPlanner(database);
        };
    }

    /** Called before a connection is used. */
    abstract void prepare(Connection connection) throws SQLException;

    /** A statement has run: {@link #found} is told of each step that costs what a table holds. */
    abstract void ran(PreparedStatement statement, String sql) throws SQLException;

    final void found(String table, String how, String sql) {
        scans.add(new Scan(during, table, how, sql));
    }

    /** Checks the plans of all statements of the call. */
    final void during(String asked, Runnable work) {
        during = asked;
        try {
            work.run();
        } finally {
            during = "";
        }
    }

    /** The scans found since the last call. */
    final Set<Scan> scans() {
        Set<Scan> found = Set.copyOf(scans);
        scans.clear();
        return found;
    }

    /** The statements whose plans were checked. */
    final Set<String> planned() {
        return planned;
    }

    @Override
    public DataSource dataSource() {
        return watched(database.dataSource());
    }

    @Override
    public DataSource readOnlyDataSource() {
        return watched(database.readOnlyDataSource());
    }

    @Override
    public Dialect dialect() {
        return database.dialect();
    }

    @Override
    public void migrate(String folder) {
        database.migrate(folder);
    }

    @Override
    public Signals signals() {
        return database.signals();
    }

    @Override
    public Optional<DatabaseUnavailable> unavailability(Throwable failure) {
        return database.unavailability(failure);
    }

    private DataSource watched(DataSource source) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = method.invoke(source, arguments);
            if (during.isEmpty() || !(result instanceof Connection connection)) {
                return result;
            }
            prepare(connection);
            return watched(connection);
        });
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            return result instanceof PreparedStatement statement ? watched(statement, (String) arguments[0]) : result;
        });
    }

    private PreparedStatement watched(PreparedStatement statement, String sql) {
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            Object result = method.invoke(statement, arguments);
            if (method.getName().startsWith("execute")) {
                planned.add(sql);
                ran(statement, sql);
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                Planner.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return handler.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
