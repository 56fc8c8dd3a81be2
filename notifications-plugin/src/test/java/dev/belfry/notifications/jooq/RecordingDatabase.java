package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.Signals;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Records the statements that a real database receives. */
public final class RecordingDatabase implements Database {

    private final Database database;
    private final List<String> statements = new CopyOnWriteArrayList<>();

    public RecordingDatabase(Database database) {
        this.database = database;
    }

    /** In lower case, in the order in which they were prepared. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    public void forget() {
        statements.clear();
    }

    @Override
    public DataSource dataSource() {
        return recorded(DataSource.class, database.dataSource());
    }

    @Override
    public DataSource readOnlyDataSource() {
        return recorded(DataSource.class, database.readOnlyDataSource());
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

    /** Statements are prepared or executed with their text as the first argument. */
    private <T> T recorded(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (type == Connection.class
                            && method.getName().startsWith("prepare")
                            && arguments[0] instanceof String text) {
                        statements.add(text.toLowerCase(Locale.ROOT));
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof Connection connection
                                ? recorded(Connection.class, connection)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
