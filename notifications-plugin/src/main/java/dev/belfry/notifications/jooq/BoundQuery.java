package dev.belfry.notifications.jooq;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * A select, and the values that it is run with.
 *
 * @param shape of all selects with the same text, and of no others
 * @param text writes it, in parameters with names; asked for once a shape
 * @param values of its parameters, by name
 */
record BoundQuery(Object shape, Supplier<? extends Select<?>> text, Map<String, ? extends @Nullable Object> values) {

    /** What a select is made into, beside the select itself. */
    private record Around(Object how, Object shape) {}

    /**
     * A select around this one, which has to be one of positions.
     *
     * @param how names what is made around it, by the shape of that
     */
    @SuppressWarnings("unchecked")
    BoundQuery within(
            Object how, Function<Table<Record1<Long>>, Select<? extends Record>> outer, Map<String, Object> further) {
        Map<String, @Nullable Object> all = new HashMap<>(values);
        all.putAll(further);
        return new BoundQuery(
                new Around(how, shape), () -> outer.apply(((Select<Record1<Long>>) text.get()).asTable("found")), all);
    }
}
