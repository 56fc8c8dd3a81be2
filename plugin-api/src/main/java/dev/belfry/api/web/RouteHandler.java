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
     *     class gets a 400 with the path of the wrong field
     * @param caller authenticated and authorized for this route; {@link Caller.Anonymous} only on public routes
     * @throws Exception {@link ApiError} for a response with that status; any other exception is logged and becomes a 500, or a
     *     503 if the cause is an unavailable database, see {@link dev.belfry.api.database.DatabaseUnavailable}
     */
    void handle(Context context, Caller caller) throws Exception;
}
