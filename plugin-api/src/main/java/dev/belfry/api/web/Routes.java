package dev.belfry.api.web;

import dev.belfry.api.Secret;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The routes of a plugin. Paths are relative to {@code /api/<id>}, begin with {@code /}, and have parameters as in
 * {@code /things/{id}}; a trailing slash is ignored, the case of letters matters.
 *
 * <p>The access is checked on the route that matched, before the handler runs. Two equal routes refuse the plugin.
 *
 * @since 0.1
 */
public interface Routes {

    /** Also answers HEAD, with the same access. */
    Routes get(String path, Access access, RouteHandler handler);

    Routes post(String path, Access access, RouteHandler handler);

    Routes put(String path, Access access, RouteHandler handler);

    Routes patch(String path, Access access, RouteHandler handler);

    Routes delete(String path, Access access, RouteHandler handler);

    /**
     * A stream of server-sent events. The handler must call {@link SseClient#keepAlive()} to keep the stream past its own
     * return; the host closes all streams when the plugin stops. Until it returns it counts among the requests that may be
     * inside the plugin at a time: send from elsewhere, such as a job, in place of a loop.
     */
    Routes sse(String path, Access access, BiConsumer<SseClient, Caller> handler);

    /**
     * Called once, when the host lets no more requests in, because the plugin is replaced or disabled or the host stops, and
     * before it waits for those inside. For answering requests that wait for something to happen: the replacement and the stop
     * wait for them as for any others. A request that was just on its way in may still come after it.
     *
     * @param action must return soon; what it throws is logged
     */
    Routes onDrain(Runnable action);

    /**
     * The query parameters that a route knows. An unknown one, or one given twice, is then the caller's 400 that names it
     * and a near name. Without this call a route takes any.
     *
     * @param path as it was given to the method that added the route
     */
    Routes queryParameters(String path, Set<String> names);

    /**
     * Serves an OpenAPI 3 document of the plugin's JAR at {@code /openapi.yaml} and {@code /openapi.json}, public.
     *
     * @param resource path of a YAML file within the JAR
     */
    Routes openApi(String resource);

    /**
     * Lets callers prove themselves to this plugin by a secret in a header. They then act as the service {@code subject}.
     * With this set, a request without any credentials is refused instead of taken as a guest's.
     *
     * @param header name of the header
     * @param secret not blank, and compared in constant time; the log warns of one with less than 16 characters
     * @param subject how such callers are named in logs
     */
    Routes acceptSharedSecret(String header, Secret secret, String subject);
}
