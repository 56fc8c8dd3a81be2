package dev.belfry.api.web;

/**
 * Opens a stream of server-sent events.
 *
 * @since 0.2
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Prepares a stream, which stays open after this method has returned. The method holds a permit of the plugin, as other handlers
     * do, so keep the stream and send events from elsewhere, such as a job. Events that it sends itself are written when it returns.
     *
     * @throws Exception {@link ApiError} for a response with that status in place of a stream; for others, see {@link RouteHandler}
     */
    void open(EventStream stream) throws Exception;
}
