package dev.belfry.notifications.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** The statements that have been written, by their shapes. */
final class StatementCache {

    /** Beyond this many they are written anew. There are some hundred, unless somebody tries every size of a page. */
    private static final int MAX_KEPT = 1000;

    /** Where assertions are on, one of so many uses is checked. Odd, so that no pattern of uses evades it. */
    private static final int LOOKED_AT = 7;

    private final AtomicInteger looks = new AtomicInteger();
    private final DSLContext context;
    private final Map<Object, CachedStatement> written = new ConcurrentHashMap<>();

    /** @param context whose connections are used, where none is given */
    StatementCache(DSLContext context) {
        this.context = context;
    }

    <T> List<T> fetch(BoundQuery select, CachedStatement.Reader<T> reader) {
        CachedStatement template = of(select.shape(), select.text());
        return context.connectionResult(connection -> {
            try (CachedStatement.Prepared statement = template.prepare(connection)) {
                return statement.fetch(select.values(), reader);
            }
        });
    }

    /** The only row there is. */
    <T> T fetchSingle(BoundQuery select, CachedStatement.Reader<T> reader) {
        List<T> rows = fetch(select, reader);
        if (rows.size() != 1) {
            throw new DataAccessException("not one row but " + rows.size());
        }
        return rows.getFirst();
    }

    /**
     * Within a transaction.
     *
     * @param shape of what is written: of the same shape there is one statement
     * @return how many rows were changed
     */
    int execute(
            DSLContext inside,
            Object shape,
            Supplier<? extends Query> text,
            Map<String, ? extends @Nullable Object> values) {
        return inside.connectionResult(connection -> {
            try (CachedStatement.Prepared statement = prepare(connection, shape, text)) {
                return statement.execute(values);
            }
        });
    }

    /** To be run several times, and to be closed. */
    CachedStatement.Prepared prepare(Connection connection, Object shape, Supplier<? extends Query> text) throws SQLException {
        return of(shape, text).prepare(connection);
    }

    /** Looks at one of many: writing a statement costs more than running it. */
    private boolean isWhatWouldBeWritten(CachedStatement known, Supplier<? extends Query> text) {
        return looks.getAndIncrement() % LOOKED_AT != 0 || known.equals(CachedStatement.of(context, text.get()));
    }

    private CachedStatement of(Object shape, Supplier<? extends Query> text) {
        CachedStatement known = written.get(shape);
        if (known != null) {
            assert isWhatWouldBeWritten(known, text) : shape + " stands for two statements";
            return known;
        }
        if (written.size() >= MAX_KEPT) {
            written.clear();
        }
        CachedStatement template = CachedStatement.of(context, text.get());
        written.put(shape, template);
        return template;
    }
}
