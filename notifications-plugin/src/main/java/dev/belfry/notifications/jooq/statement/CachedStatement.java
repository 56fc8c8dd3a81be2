package dev.belfry.notifications.jooq.statement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.conf.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A statement that jOOQ has rendered once and that runs many times: rendering costs several times as much as running.
 *
 * @param names of the parameters, in the order of their placeholders
 */
public record CachedStatement(String sql, List<String> names) {

    /** Prefix of a named parameter in the rendered SQL. No SQL text of the plugin contains it. */
    private static final String PREFIX = "\u0001";

    private static final Pattern PARAMETER = Pattern.compile(PREFIX + "(\\w+)");

    /** Maps a row of a result. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** @param query in which each value is either inlined or a named parameter */
    public static CachedStatement of(DSLContext context, Query query) {
        Settings settings = ((Settings) context.settings().clone()).withRenderNamedParamPrefix(PREFIX);
        String named = context.configuration().derive(settings).dsl().renderNamedParams(query);
        List<String> names = new ArrayList<>();
        Matcher parameters = PARAMETER.matcher(named);
        StringBuilder sql = new StringBuilder();
        while (parameters.find()) {
            names.add(parameters.group(1));
            parameters.appendReplacement(sql, "?");
        }
        parameters.appendTail(sql);
        return new CachedStatement(sql.toString(), List.copyOf(names));
    }

    /** Prepares the statement on a connection. The caller has to close it. */
    public Prepared prepare(Connection connection) throws SQLException {
        return new Prepared(connection, connection.prepareStatement(sql));
    }

    /** The statement prepared on one connection. Not thread-safe. */
    public final class Prepared implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement statement;

        private Prepared(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        public <T> List<T> fetch(Map<String, ? extends @Nullable Object> values, RowMapper<T> mapper)
                throws SQLException {
            bind(values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> mapped = new ArrayList<>();
                while (rows.next()) {
                    mapped.add(mapper.map(rows));
                }
                return mapped;
            }
        }

        /** @return the number of changed rows */
        public int execute(Map<String, ? extends @Nullable Object> values) throws SQLException {
            bind(values);
            return statement.executeUpdate();
        }

        private void bind(Map<String, ? extends @Nullable Object> values) throws SQLException {
            for (int i = 0; i < names.size(); i++) {
                CachedStatement.bind(connection, statement, i + 1, names.get(i), values);
            }
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }

    private static void bind(
            Connection connection,
            PreparedStatement statement,
            int index,
            String name,
            Map<String, ? extends @Nullable Object> values)
            throws SQLException {
        @Nullable Object value = values.get(name);
        switch (value) {
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Long[] numbers -> statement.setArray(index, connection.createArrayOf("bigint", numbers));
            case String[] texts -> statement.setArray(index, connection.createArrayOf("varchar", texts));
            case null -> {
                if (!values.containsKey(name)) {
                    throw new IllegalArgumentException("parameter '" + name + "' has no value");
                }
                statement.setNull(index, Types.VARCHAR);
            }
            default ->
                throw new IllegalArgumentException("parameter '" + name + "' cannot have a value of type "
                        + value.getClass().getName());
        }
    }
}
