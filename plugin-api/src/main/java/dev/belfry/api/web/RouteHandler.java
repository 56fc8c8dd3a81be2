package dev.belfry.api.web;

import dev.belfry.api.access.Caller;
import io.javalin.http.Context;

/**
 * Answers one request.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RouteHandler {

    /**
     * @param context Javalin's view of request and response. {@code bodyAsClass} reads JSON strictly: a body that does not
     *     fit the class is the caller's 400, with the path of the wrong field
     * @param caller proven by the host and allowed to use this route; {@link Caller.Anonymous} only on public routes
     * @throws Exception {@link ApiError} for an answer of that status; anything else is logged and becomes a 500, or a 503
     *     when its cause is a database that cannot be reached
     */
    void handle(Context context, Caller caller) throws Exception;
}
