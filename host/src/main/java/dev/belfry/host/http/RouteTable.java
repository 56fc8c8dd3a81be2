package dev.belfry.host.http;

import dev.belfry.api.Secret;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.SharedSecret;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes and documents that a plugin declared. */
final class RouteTable implements Routes {

    /** One route, for requests or for an event stream. */
    record Route(HandlerType method, String path, Access access, Target target) {}

    /** What a route does. */
    sealed interface Target {
        record Handler(RouteHandler handler) implements Target {}

        record EventStream(BiConsumer<SseClient, Caller> handler) implements Target {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Set<String>> queryParameters = new HashMap<>();
    private final List<Runnable> onDrain = new ArrayList<>();
    private Optional<String> openApi = Optional.empty();
    private Optional<SharedSecret> sharedSecret = Optional.empty();
    private boolean complete;

    @Override
    public Routes get(String path, Access access, RouteHandler handler) {
        add(HandlerType.HEAD, path, access, new Target.Handler(handler));
        return add(HandlerType.GET, path, access, new Target.Handler(handler));
    }

    @Override
    public Routes post(String path, Access access, RouteHandler handler) {
        return add(HandlerType.POST, path, access, new Target.Handler(handler));
    }

    @Override
    public Routes put(String path, Access access, RouteHandler handler) {
        return add(HandlerType.PUT, path, access, new Target.Handler(handler));
    }

    @Override
    public Routes patch(String path, Access access, RouteHandler handler) {
        return add(HandlerType.PATCH, path, access, new Target.Handler(handler));
    }

    @Override
    public Routes delete(String path, Access access, RouteHandler handler) {
        return add(HandlerType.DELETE, path, access, new Target.Handler(handler));
    }

    @Override
    public Routes sse(String path, Access access, BiConsumer<SseClient, Caller> handler) {
        return add(HandlerType.GET, path, access, new Target.EventStream(handler));
    }

    private Routes add(HandlerType method, String path, Access access, Target target) {
        requireOpen();
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path '" + path + "' must begin with '/'");
        }
        if (Optional.ofNullable(access).isEmpty()) {
            throw new IllegalArgumentException("the route " + method + " " + path + " does not say who may use it");
        }
        routes.add(new Route(method, path, access, target));
        return this;
    }

    @Override
    public Routes onDrain(Runnable action) {
        requireOpen();
        onDrain.add(action);
        return this;
    }

    @Override
    public Routes queryParameters(String path, Set<String> names) {
        requireOpen();
        queryParameters.put(path, Set.copyOf(names));
        return this;
    }

    @Override
    public Routes openApi(String resource) {
        requireOpen();
        openApi = Optional.of(resource);
        return this;
    }

    @Override
    public Routes acceptSharedSecret(String header, Secret secret, String subject) {
        requireOpen();
        SharedSecret shared = new SharedSecret(header, secret, subject);
        if (secret.text().length() < SharedSecret.GOOD_LENGTH) {
            LOG.warn(
                    "the shared secret for the header '{}' has fewer than {} characters and may be guessed; set a longer one",
                    header,
                    SharedSecret.GOOD_LENGTH);
        }
        sharedSecret = Optional.of(shared);
        return this;
    }

    private void requireOpen() {
        if (complete) {
            throw new IllegalStateException("routes can only be declared while the plugin starts");
        }
    }

    /** From now on, nothing more can be declared. */
    void complete() {
        requireOpen();
        complete = true;
    }

    List<Route> routes() {
        return routes;
    }

    /** The query parameters that a path accepts; empty = any. */
    Optional<Set<String>> queryParametersOf(String path) {
        return Optional.ofNullable(queryParameters.get(path));
    }

    List<Runnable> onDrain() {
        return onDrain;
    }

    Optional<String> openApi() {
        return openApi;
    }

    Optional<SharedSecret> sharedSecret() {
        return sharedSecret;
    }
}
