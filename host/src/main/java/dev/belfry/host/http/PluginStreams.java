package dev.belfry.host.http;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.EventHandler;
import dev.belfry.host.lifecycle.PluginBoundary;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event streams of one plugin generation. */
final class PluginStreams {

    private static final Logger LOG = LoggerFactory.getLogger(PluginStreams.class);

    private final String plugin;
    private final PluginBoundary boundary;
    private final EventStreams host;
    private final Set<ClientStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    PluginStreams(String plugin, PluginBoundary boundary, EventStreams host) {
        this.plugin = plugin;
        this.boundary = boundary;
        this.host = host;
    }

    /**
     * Lets the plugin's handler prepare a stream. It begins when Javalin has returned: Javalin would keep its context for
     * the whole stream, or complete the response.
     */
    void prepare(Context context, Caller caller, EventHandler handler) throws Exception {
        ClientStream stream = new ClientStream(
                StreamRequest.of(context, caller), this, host.settings().queueSize());
        try {
            handler.open(stream);
        } catch (Exception | Error failure) {
            stream.abandon();
            throw failure;
        }
        GatewayRequest request = GatewayRequest.of(context.req());
        request.continueWith(async -> begin(stream, request, async));
    }

    private void begin(ClientStream stream, GatewayRequest request, AsyncContext async) {
        RequestContext requestContext = RequestContext.of(request);
        HttpServletResponse response = requestContext.response();
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        // nginx would buffer the events.
        response.setHeader("X-Accel-Buffering", "no");
        async.setTimeout(0);
        open.add(stream);
        host.add(stream);
        requestContext.whenOver(() -> remove(stream));
        stream.begin(StreamConnection.of(request, async, stream));
        requestContext.endSpan();
        if (draining) {
            stream.end(host.reconnect());
        }
    }

    private void remove(ClientStream stream) {
        open.remove(stream);
        host.remove(stream);
        stream.requestOver();
    }

    /** Ends all streams. Their clients connect again, spread over some seconds. */
    void drain() {
        draining = true;
        open.forEach(stream -> stream.end(host.reconnect()));
    }

    void dropped() {
        host.dropped(plugin);
    }

    /** Runs work that may call the plugin; not in a thread that writes to clients. */
    void execute(Runnable work) {
        host.execute(work);
    }

    /** Runs an action of the plugin. */
    void run(Runnable action) {
        try {
            boundary.run(action::run);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("plugin '{}': an action for the end of a stream failed; the stream ends", plugin, e);
        }
    }
}
