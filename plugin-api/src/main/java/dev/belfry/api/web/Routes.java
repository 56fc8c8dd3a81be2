package dev.belfry.api.web;

import dev.belfry.api.Secret;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The routes of a plugin. Paths are relative to {@code /api/<id>}, begin with {@code /}, and can have parameters as in
 * {@code /things/{id}}. A trailing slash is ignored; paths are case-sensitive.
 *
 * <p>The host checks the access rule of the matched route before the handler runs. A plugin with two equal routes does not start.
 *
 * @since 0.1
 */
public interface Routes {

    /** Also serves HEAD, with the same access rule. */
    Routes get(String path, Access access, RouteHandler handler);

    Routes post(String path, Access access, RouteHandler handler);

    Routes put(String path, Access access, RouteHandler handler);

    Routes patch(String path, Access access, RouteHandler handler);

    Routes delete(String path, Access access, RouteHandler handler);

    /**
     * A stream of server-sent events. The handler must call {@link SseClient#keepAlive()} to keep the stream open after it
     * returns. The host closes all streams when the plugin stops. The handler holds a permit until it returns, so send events
     * from elsewhere, such as a job, not in a loop.
     */
    Routes sse(String path, Access access, BiConsumer<SseClient, Caller> handler);

    /**
     * Registers an action for the begin of a drain: the plugin is replaced, disabled or stopped, gets no more requests, and the
     * host waits for its in-flight requests. Use it to complete requests that wait for an event. A request that has just been
     * accepted may still reach its handler after the action.
     *
     * @param action called once; must return soon; exceptions are logged
     */
    Routes onDrain(Runnable action);

    /**
     * Declares the query parameters of a route. An unknown or repeated parameter then gets a 400 that names it and a similar
     * name. Without this call, a route accepts any parameter.
     *
     * @param path the path with which the route was added
     */
    Routes queryParameters(String path, Set<String> names);

    /**
     * Serves an OpenAPI 3 document from the plugin's JAR at {@code /openapi.yaml} and {@code /openapi.json}, publicly.
     *
     * @param resource path of a YAML file within the JAR
     */
    Routes openApi(String resource);

    /**
     * Accepts a shared secret in a header as credentials for this plugin; its callers act as the service {@code subject}.
     * Requests without credentials then get a 401 and do not act as the guest.
     *
     * @param header name of the header
     * @param secret not blank; compared in constant time; the log warns of fewer than 16 characters
     * @param subject of these callers, also in logs
     */
    Routes acceptSharedSecret(String header, Secret secret, String subject);
}
