package dev.belfry.notifications.jooq.statement;

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

/** Rendered statements by cache key. */
public final class StatementCache {

    /** The cache is cleared at this size. A few hundred statements are usual; each page size has its own. */
    private static final int MAX_SIZE = 1000;

    /** With assertions enabled, one of this many uses is checked. Odd, so that it meets every pattern of uses. */
    private static final int CHECK_INTERVAL = 7;

    private final AtomicInteger uses = new AtomicInteger();
    private final DSLContext context;
    private final Map<Object, CachedStatement> statements = new ConcurrentHashMap<>();

    /** @param context renders the statements and supplies the connections of queries */
    public StatementCache(DSLContext context) {
        this.context = context;
    }

    public <T> List<T> fetch(BoundQuery query, CachedStatement.RowMapper<T> mapper) {
        CachedStatement cached = of(query.cacheKey(), query.query());
        return context.connectionResult(connection -> {
            try (CachedStatement.Prepared statement = cached.prepare(connection)) {
                return statement.fetch(query.values(), mapper);
            }
        });
    }

    /** The row of a query that always has one row. */
    public <T> T fetchSingle(BoundQuery query, CachedStatement.RowMapper<T> mapper) {
        List<T> rows = fetch(query, mapper);
        if (rows.size() != 1) {
            throw new DataAccessException("expected 1 row, got " + rows.size());
        }
        return rows.getFirst();
    }

    /**
     * Runs a statement in a transaction.
     *
     * @param cacheKey equal for queries with the same SQL text, and only for those
     * @return the number of changed rows
     */
    public int execute(
            DSLContext transaction,
            Object cacheKey,
            Supplier<? extends Query> query,
            Map<String, ? extends @Nullable Object> values) {
        return transaction.connectionResult(connection -> {
            try (CachedStatement.Prepared statement = prepare(connection, cacheKey, query)) {
                return statement.execute(values);
            }
        });
    }

    /** Prepares a statement that runs several times. The caller has to close it. */
    public CachedStatement.Prepared prepare(Connection connection, Object cacheKey, Supplier<? extends Query> query)
            throws SQLException {
        return of(cacheKey, query).prepare(connection);
    }

    /** Checks only some uses: rendering a statement costs more than running it. */
    private boolean isUpToDate(CachedStatement cached, Supplier<? extends Query> query) {
        return uses.getAndIncrement() % CHECK_INTERVAL != 0 || cached.equals(CachedStatement.of(context, query.get()));
    }

    private CachedStatement of(Object cacheKey, Supplier<? extends Query> query) {
        CachedStatement cached = statements.get(cacheKey);
        if (cached != null) {
            assert isUpToDate(cached, query) : "cache key " + cacheKey + " stands for two statements";
            return cached;
        }
        if (statements.size() >= MAX_SIZE) {
            statements.clear();
        }
        CachedStatement rendered = CachedStatement.of(context, query.get());
        statements.put(cacheKey, rendered);
        return rendered;
    }
}
