package dev.belfry.notifications.jooq.statement;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Select;

/** Lists on SQLite: JSON arrays. */
public final class SqliteListParameters implements ListParameters {

    private static final Param<String> LISTED = param(Params.LISTED, String.class);

    /** References contain no character that JSON escapes. */
    @Override
    public String strings(Collection<String> references) {
        return references.stream().map(text -> '"' + text + '"').collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public String numbers(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public Select<Record1<Long>> listed(List<Long> positions) {
        return listed(val(numbers(positions)));
    }

    @Override
    public Select<Record1<Long>> listed() {
        return listed(LISTED);
    }

    private static Select<Record1<Long>> listed(Field<String> json) {
        return select(field(name("value"), Long.class).as(Params.POSITION)).from("json_each({0})", json);
    }

    @Override
    public Condition isOneOf(Field<String> column, String parameter) {
        return column.in(
                select(field(name("value"), String.class)).from("json_each({0})", param(parameter, String.class)));
    }

    @Override
    public <T> Condition isOneOf(Field<T> column, Select<Record1<T>> values) {
        return column.in(values);
    }
}
