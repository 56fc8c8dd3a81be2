package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.access.AccessControl;
import dev.belfry.host.access.ClientCredentials;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.util.AsyncExecutor;
import io.javalin.router.EndpointNotFound;
import io.javalin.router.ParsedEndpoint;
import io.javalin.security.RouteRole;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.LazyKt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Javalin app of one plugin generation. It is never started: the gateway calls its servlet. What all plugins have
 * in common is configured here, once.
 */
final class PluginApp {

    private static final Logger LOG = LoggerFactory.getLogger(PluginApp.class);
    private static final String CALLER = PluginApp.class.getName() + ".caller";

    private final String plugin;
    private final RouteTable table;
    private final HandlerCalls calls;
    private final AccessControl access;
    private final ErrorResponses errors;
    private final AsyncExecutor async;
    private final Bulkhead bulkhead;
    private final RequestRateLimiter rate;
    private final long bodyLimit;
    private final PluginStreams streams;
    private final boolean signIn;
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile MethodRefusals refusals;

    PluginApp(
            String plugin,
            RouteTable table,
            HandlerCalls calls,
            AccessControl access,
            ErrorResponses errors,
            AsyncExecutor async,
            Bulkhead bulkhead,
            RequestRateLimiter rate,
            PluginStreams streams,
            boolean signIn,
            long bodyLimit) {
        this.plugin = plugin;
        this.table = table;
        this.calls = calls;
        this.access = access;
        this.errors = errors;
        this.async = async;
        this.bulkhead = bulkhead;
        this.rate = rate;
        this.streams = streams;
        this.signIn = signIn;
        this.bodyLimit = bodyLimit;
        this.refusals = refusals(List.of());
    }

    private MethodRefusals refusals(List<ParsedEndpoint> paths) {
        return new MethodRefusals(paths, access, table.credentials());
    }

    /** A route, whose access rule Javalin passes on to {@link #admit}. */
    private record Role(PluginRoute route) implements RouteRole {}

    HttpServlet build() {
        Javalin app = Javalin.create(this::configure);
        refusals = refusals(app.unsafe.internalRouter.allHttpHandlers());
        // Not Javalin's websocket servlet: it answers a plain GET with a websocket header before any access check.
        return new JavalinServlet(app.unsafe);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.executor = LazyKt.lazyOf(async);
        config.http.maxRequestSize = bodyLimit;
        config.http.prefer405over404 = true;
        config.jsonMapper(new StrictJson());
        config.router.javaLangErrorHandler(this::answerError);
        config.routes.beforeMatched(this::admit);
        table.routes().forEach(route -> add(route, config));
        config.routes.exception(Exception.class, (failure, context) -> answer(context, failure));
        config.routes.exception(HttpResponseException.class, (failure, context) -> answer(context, failure));
    }

    /** GET also adds HEAD, so Javalin's message may name a method that the plugin has not declared. */
    private void add(PluginRoute route, JavalinConfig config) {
        try {
            route.methods()
                    .forEach(method ->
                            config.routes.addHttpHandler(method, route.path(), handler(route), new Role(route)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the route " + route.name() + " cannot be served: " + e.getMessage(), e);
        }
    }

    /** Checks the matched route, never a path prefix: a different spelling of the path would bypass a prefix. */
    private void admit(Context context) {
        RequestContext requestContext = RequestContext.of(context.req());
        PluginRoute route = routeOf(context);
        requestContext.matched(route.path());
        Access asked = route.accessTo(context);
        RequestCredentials credentials = new RequestCredentials(context.req());
        Caller caller = access.identify(credentials, table.credentials(), asked);
        if (!(caller instanceof Caller.Anonymous)) {
            // Also the access log of a refused request names the caller.
            requestContext.proven(caller.subject());
        }
        access.authorize(caller, plugin, asked);
        requestContext.proven(caller.subject());
        rate.count(context, requestContext);
        context.attribute(CALLER, caller);
        context.attribute(ClientCredentials.ATTRIBUTE, credentials);
    }

    private static PluginRoute routeOf(Context context) {
        for (RouteRole role : context.routeRoles()) {
            if (role instanceof Role declared) {
                return declared.route();
            }
        }
        throw ApiError.notAllowed("access to this path is denied");
    }

    private Handler handler(PluginRoute route) {
        return switch (route.target()) {
            case PluginRoute.Target.Handler(var handler) ->
                context -> {
                    Caller caller = begin(context, route);
                    permitted(context, () -> handler.handle(context, caller));
                };
            case PluginRoute.Target.Events(var handler) ->
                context -> {
                    Caller caller = begin(context, route);
                    GatewayRequest.of(context.req()).reservations().takeStream();
                    permitted(context, () -> streams.prepare(context, caller, handler));
                };
            // No code of the plugin runs, so a page needs no permit.
            case PluginRoute.Target.Pages(var responses) ->
                context -> {
                    RequestContext.of(context.req())
                            .matched(responses.target(context).route());
                    calls.boundary().run(() -> responses.answer(context));
                };
        };
    }

    /**
     * The body is read before the permit is taken: neither authentication nor a slow client counts as the plugin's
     * work.
     */
    private void permitted(Context context, Handling work) throws Exception {
        GatewayRequest.of(context.req()).receiveBody();
        bulkhead.run(bulkhead.enter(), () -> {
            try {
                calls.run(work::handle);
            } catch (Error error) {
                throw new HandlerFailed(error);
            }
            return true;
        });
    }

    /** One step of handling a request. */
    @FunctionalInterface
    private interface Handling {
        void handle() throws Exception;
    }

    private Caller begin(Context context, PluginRoute route) {
        RequestContext.of(context.req()).matched(route.path());
        route.checkQuery(context.queryParamMap());
        Caller caller = context.attribute(CALLER);
        if (caller == null) {
            throw ApiError.notAllowed("access to this path is denied");
        }
        return caller;
    }

    /** Responds where Javalin handles no exception: an asynchronous request was refused, or it failed. */
    private void answerError(HttpServletResponse response, Error failure) {
        response.setStatus(500);
        if (failure instanceof TooManyAsyncRequests refusal) {
            write(refusal.requestContext(), refusal.answer());
        } else {
            LOG.error(
                    "plugin '{}': a request failed outside of its handler; its connection is closed or it gets an error response",
                    plugin,
                    failure);
        }
    }

    private void write(RequestContext requestContext, ApiError error) {
        try {
            errors.write(requestContext, error);
        } catch (IOException e) {
            LOG.debug("plugin '{}': the client disconnected", plugin, e);
        }
    }

    private void answer(Context context, Exception failure) {
        RequestContext requestContext = RequestContext.of(context.req());
        ApiError error = switch (failure) {
            case EndpointNotFound _ -> ApiError.notFound("nothing is served at " + requestContext.path());
            case MethodNotAllowedResponse refused -> refusals.of(context, refused);
            default -> errors.of(failure, plugin, requestContext);
        };
        if (context.res().isCommitted()) {
            breakOff(context);
            return;
        }
        if (error.status() == 401 && leadToSignIn(context)) {
            return;
        }
        if (GatewayResponse.of(context.res()).discardOutput()) {
            write(requestContext, error);
            return;
        }
        errors.challenge(requestContext, error);
        error.retryAfter()
                .ifPresent(wait -> context.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        context.status(error.status())
                .contentType("application/json;charset=utf-8")
                .result(errors.body(error, requestContext.method(), requestContext.url()));
    }

    /** A person who opens a page can sign in; everything else gets the error. */
    private boolean leadToSignIn(Context context) {
        boolean isPage = context.routeRoles().stream()
                .anyMatch(role ->
                        role instanceof Role declared && declared.route().target() instanceof PluginRoute.Target.Pages);
        if (!signIn
                || !isPage
                || context.header("Authorization") != null
                || !String.valueOf(context.header("Accept")).contains("text/html")) {
            return false;
        }
        String path = RequestContext.of(context.req()).url();
        context.header("Cache-Control", "no-store")
                .redirect("/sign-in?returnTo=" + URLEncoder.encode(path, StandardCharsets.UTF_8), HttpStatus.SEE_OTHER);
        return true;
    }

    /**
     * Aborts the response. Part of the response is sent, so the status cannot change, and a regular end would make
     * the client take the part for the whole.
     */
    private static void breakOff(Context context) {
        ClientTransport.of(context.req()).abort("the handler failed");
    }

    /** Ends the requests that a drain would otherwise wait for: streams and long polls. */
    void drain() {
        streams.drain();
        if (draining.compareAndSet(false, true)) {
            table.onDrain().forEach(this::run);
        }
    }

    private void run(Runnable onDrain) {
        try {
            calls.boundary().run(onDrain::run);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("plugin '{}': its drain callback failed; the drain continues", plugin, e);
        }
    }

    /** Carries an Error of a handler through Javalin, which would handle it without the request. */
    private static final class HandlerFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HandlerFailed(Error cause) {
            super(cause);
        }
    }
}
