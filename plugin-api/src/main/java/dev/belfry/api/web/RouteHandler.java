package dev.belfry.api.web;

import dev.belfry.api.access.Caller;
import io.javalin.http.Context;

/**
 * Handles a request.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RouteHandler {

    /**
     * @param context Javalin's request and response. {@code bodyAsClass} parses JSON strictly: a body that does not fit the
     *     class gets a 400 with the path of the wrong field. Every component of a record is required and not null, primitives too, and
     *     so are the elements of its arrays, lists and maps. Exceptions: a component or element with an annotation {@code @Nullable}
     *     that is retained at runtime, such as JSpecify's (absent is null); an {@code Optional} (absent is empty); a component with
     *     Jackson's {@code @JsonSetter(nulls = ...)}; elements of type {@code Object}. An {@code IllegalArgumentException} of a
     *     constructor is a 400 with its message. Unknown fields are ignored. A class that cannot be created from any JSON is an error
     *     of the plugin: it is logged, the caller gets a 500, and a test with the testkit fails
     * @param caller authenticated and authorized for this route; {@link Caller.Anonymous} only on public routes
     * @throws Exception {@link ApiError} for a response with that status; any other exception is logged and becomes a 500, or a
     *     503 if the cause is an unavailable database, see {@link dev.belfry.api.database.DatabaseUnavailable}
     */
    void handle(Context context, Caller caller) throws Exception;
}
