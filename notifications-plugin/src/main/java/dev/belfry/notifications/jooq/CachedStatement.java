package dev.belfry.notifications.jooq;

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
 * A statement that jOOQ has written once, to be run again and again with other values: putting it together costs several times
 * what running it does.
 *
 * @param names of its parameters, in their order
 */
record CachedStatement(String sql, List<String> names) {

    /** Begins a parameter while a statement is taken apart; no text of ours has it. */
    private static final String MARK = "\u0001";

    private static final Pattern PARAMETER = Pattern.compile(MARK + "(\\w+)");

    /** Takes a row of a result. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param query in which every value is inlined, or a parameter with a name */
    static CachedStatement of(DSLContext context, Query query) {
        Settings settings = ((Settings) context.settings().clone()).withRenderNamedParamPrefix(MARK);
        String marked = context.configuration().derive(settings).dsl().renderNamedParams(query);
        List<String> names = new ArrayList<>();
        Matcher parameters = PARAMETER.matcher(marked);
        StringBuilder sql = new StringBuilder();
        while (parameters.find()) {
            names.add(parameters.group(1));
            parameters.appendReplacement(sql, "?");
        }
        parameters.appendTail(sql);
        return new CachedStatement(sql.toString(), List.copyOf(names));
    }

    /** The statement on a connection, to be run several times. To be closed. */
    Prepared prepare(Connection connection) throws SQLException {
        return new Prepared(connection, connection.prepareStatement(sql));
    }

    /** One thread's, on its connection. */
    final class Prepared implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement statement;

        private Prepared(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T> List<T> fetch(Map<String, ? extends @Nullable Object> values, Reader<T> reader) throws SQLException {
            bind(values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        }

        /** @return how many rows were changed */
        int execute(Map<String, ? extends @Nullable Object> values) throws SQLException {
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
                    throw new IllegalArgumentException("there is no value for the parameter '" + name + "'");
                }
                statement.setNull(index, Types.VARCHAR);
            }
            default ->
                throw new IllegalArgumentException("a " + value.getClass() + " cannot be a value of '" + name + "'");
        }
    }
}
