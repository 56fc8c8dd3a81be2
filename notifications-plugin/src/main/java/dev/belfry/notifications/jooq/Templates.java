package dev.belfry.notifications.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** The statements that have been written, by their shapes. */
final class Templates {

    /** Beyond this many they are written anew. There are some hundred, unless somebody tries every size of a page. */
    private static final int MAX_KEPT = 1000;

    private final DSLContext context;
    private final Map<Object, Template> written = new ConcurrentHashMap<>();

    /** @param context whose connections are used, where none is given */
    Templates(DSLContext context) {
        this.context = context;
    }

    <T> List<T> fetch(BoundSelect select, Template.Reader<T> reader) {
        Template template = of(select.shape(), select.text());
        return context.connectionResult(connection -> {
            try (Template.Prepared statement = template.prepare(connection)) {
                return statement.fetch(select.values(), reader);
            }
        });
    }

    /** The only row there is. */
    <T> T fetchSingle(BoundSelect select, Template.Reader<T> reader) {
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
            try (Template.Prepared statement = prepare(connection, shape, text)) {
                return statement.execute(values);
            }
        });
    }

    /** To be run several times, and to be closed. */
    Template.Prepared prepare(Connection connection, Object shape, Supplier<? extends Query> text) throws SQLException {
        return of(shape, text).prepare(connection);
    }

    private Template of(Object shape, Supplier<? extends Query> text) {
        Template known = written.get(shape);
        if (known != null) {
            return known;
        }
        if (written.size() >= MAX_KEPT) {
            written.clear();
        }
        Template template = Template.of(context, text.get());
        written.put(shape, template);
        return template;
    }
}
