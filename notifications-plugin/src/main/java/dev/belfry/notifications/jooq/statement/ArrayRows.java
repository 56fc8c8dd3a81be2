package dev.belfry.notifications.jooq.statement;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.InsertReturningStep;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Rows to insert on PostgreSQL, one array parameter per column, so that the statement's text does not depend on the number of
 * rows.
 *
 * @param target table to insert into
 * @param columns of type string or number
 */
public record ArrayRows(Table<?> target, List<Field<?>> columns) {

    public InsertReturningStep<?> insert() {
        return insertInto(target).columns(columns).select(rows());
    }

    /** The rows as a table. */
    public Select<Record> rows() {
        String arrays =
                IntStream.range(0, columns.size()).mapToObj(i -> "{" + i + "}").collect(Collectors.joining(", "));
        Table<Record> given = table(
                        "unnest(" + arrays + ")",
                        columns.stream().map(this::array).toArray(QueryPart[]::new))
                .as("given", columns.stream().map(Field::getName).toArray(String[]::new));
        return select(columns.stream()
                        .map(column -> field(name("given", column.getName()), column.getType()))
                        .toList())
                .from(given);
    }

    private Param<?> array(Field<?> column) {
        return isText(column) ? param(parameter(column), String[].class) : param(parameter(column), Long[].class);
    }

    private String parameter(Field<?> column) {
        return target.getName() + "_" + column.getName();
    }

    private static boolean isText(Field<?> column) {
        return column.getType() == String.class;
    }

    /**
     * The parameter values for the rows.
     *
     * @param rows values by column name
     */
    public Map<String, Object> values(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        Map<String, Object> values = new HashMap<>();
        for (Field<?> column : columns) {
            Object[] array = isText(column) ? new String[rows.size()] : new Long[rows.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = rows.get(i).get(column.getName());
            }
            values.put(parameter(column), array);
        }
        return values;
    }
}
