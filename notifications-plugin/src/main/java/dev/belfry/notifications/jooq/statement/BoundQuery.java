package dev.belfry.notifications.jooq.statement;

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
 * A query with the values of its parameters.
 *
 * @param cacheKey equal for queries with the same SQL text, and only for those
 * @param query builds the query, with named parameters; called once per cache key
 * @param values of the parameters, by name
 */
public record BoundQuery(
        Object cacheKey, Supplier<? extends Select<?>> query, Map<String, ? extends @Nullable Object> values) {

    private record NestedKey(Object outer, Object inner) {}

    /**
     * A query around this one, which has to select positions.
     *
     * @param outerKey cache key of the outer query
     */
    @SuppressWarnings("unchecked")
    public BoundQuery nestedIn(
            Object outerKey,
            Function<Table<Record1<Long>>, Select<? extends Record>> outer,
            Map<String, Object> outerValues) {
        Map<String, @Nullable Object> all = new HashMap<>(values);
        all.putAll(outerValues);
        return new BoundQuery(
                new NestedKey(outerKey, cacheKey),
                () -> outer.apply(((Select<Record1<Long>>) query.get()).asTable("found")),
                all);
    }
}
