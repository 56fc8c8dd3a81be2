package dev.belfry.notifications.jooq.statement;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.val;

import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Select;

/** Lists on PostgreSQL: arrays. */
public final class PostgresListParameters implements ListParameters {

    private static final Param<Long[]> LISTED = param(Params.LISTED, Long[].class);

    @Override
    public Object strings(Collection<String> references) {
        return references.toArray(String[]::new);
    }

    @Override
    public Object numbers(List<Long> numbers) {
        return numbers.toArray(Long[]::new);
    }

    @Override
    public Select<Record1<Long>> listed(List<Long> positions) {
        return listed(val(positions.toArray(Long[]::new)));
    }

    @Override
    public Select<Record1<Long>> listed() {
        return listed(LISTED);
    }

    private static Select<Record1<Long>> listed(Field<Long[]> positions) {
        return select(field(name("listed", "pos"), Long.class))
                .from(unnest(positions).as("listed", "pos"));
    }

    @Override
    public Condition isOneOf(Field<String> column, String parameter) {
        return column.eq(any(param(parameter, String[].class)));
    }

    /** The array of a subquery is computed once. From an "in" the planner may make a join with the whole table. */
    @Override
    public <T> Condition isOneOf(Field<T> column, Select<Record1<T>> values) {
        return column.eq(any(array(values)));
    }
}
