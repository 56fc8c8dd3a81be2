package dev.belfry.notifications.rest;

import dev.belfry.api.web.ApiError;
import dev.belfry.notifications.inbox.PageRequest;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Scope;
import io.javalin.http.Context;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The query parameters of requests for an inbox. */
record InboxQuery(Context context) {

    static final String PAGE_SIZE = "pageSize";
    static final String PAGE_NUMBER = "pageNumber";
    static final String ORDER_BY = "orderBy";
    static final String ORDER_BY_DIREC = "orderByDirec";
    static final String CONTAINS_TEXT = "containsText";
    static final String CREATED_AFTER = "createdAfter";
    static final String MESSAGE_SCOPE = "messageScope";
    static final String READ = "read";
    static final String AFTER = "after";
    static final String TOPIC = "topic";
    static final String ORIGIN = "origin";
    static final String MUTED = "muted";

    private static final int DEFAULT_PAGE_SIZE = 20;
    private static final int FIRST_PAGE = 1;

    PageRequest page() {
        int size = given(PAGE_SIZE, QueryValues::number, DEFAULT_PAGE_SIZE);
        int number = given(PAGE_NUMBER, QueryValues::number, FIRST_PAGE);
        if (size == 0 && number == 0) {
            return PageRequest.ALL;
        }
        if (size == 0 || number == 0) {
            throw ApiError.input("query parameters '" + PAGE_SIZE + "' and '" + PAGE_NUMBER
                    + "' must both be 0 (no paging) or both be 1 or more, not " + size + " and " + number);
        }
        return PageRequest.of(size, number);
    }

    /** The cursor, if the request has one instead of a page number. */
    @Nullable
    String after() {
        String after = context.queryParam(AFTER);
        if (after != null && context.queryParam(PAGE_NUMBER) != null) {
            throw ApiError.input("query parameters '" + AFTER + "' and '" + PAGE_NUMBER
                    + "' exclude each other; leave one of them out");
        }
        return after;
    }

    int sizeAfter() {
        int size = given(PAGE_SIZE, QueryValues::number, DEFAULT_PAGE_SIZE);
        if (size == 0) {
            throw ApiError.input("query parameter '" + PAGE_SIZE + "' must be 1 or more beside '" + AFTER + "', not 0");
        }
        return size;
    }

    Order order() {
        Field field = given(ORDER_BY, (name, value) -> QueryValues.word(name, value, Field.class), Field.CREATED);
        Direction direction =
                given(ORDER_BY_DIREC, (name, value) -> QueryValues.word(name, value, Direction.class), Direction.DESC);
        return new Order(field, direction);
    }

    Filter filter() {
        Scope scope = given(MESSAGE_SCOPE, (name, value) -> QueryValues.word(name, value, Scope.class), Scope.USER);
        return new Filter(
                scope,
                given(CONTAINS_TEXT, QueryValues::text),
                given(CREATED_AFTER, QueryValues::instant),
                given(READ, QueryValues::bool),
                given(TOPIC, QueryValues::text),
                given(ORIGIN, QueryValues::text),
                given(MUTED, QueryValues::bool));
    }

    /** The filter of a count: muted notifications do not count as unread, unless the client counts them by themselves. */
    Filter countFilter() {
        Filter filter = filter();
        boolean countsUnread = Boolean.FALSE.equals(filter.read());
        return countsUnread && filter.muted() == null ? filter.withMuted(false) : filter;
    }

    private <T> T given(String name, BiFunction<String, String, T> reader, T otherwise) {
        T value = given(name, reader);
        return value == null ? otherwise : value;
    }

    private <T> @Nullable T given(String name, BiFunction<String, String, T> reader) {
        String value = context.queryParam(name);
        return value == null ? null : reader.apply(name, value);
    }
}
