package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.http.Mounts.Mount;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.Unavailability;
import dev.belfry.host.tracing.Scope;
import dev.belfry.host.tracing.Tracing;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Routes each request to the plugin, or the part of the host, that its path belongs to. Replacing a plugin replaces one
 * entry of an immutable map.
 *
 * <p>A request passes, in order: id and headers, encoding, in-flight count (here); caller, permission, request rate,
 * query parameters, body, bulkhead, handler (see {@link PluginApp}); errors, access log.
 */
final class Gateway extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** A plugin that has failed runs only after an operator has changed something. */
    private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(30);

    private static final String MDC_REQUEST = "request";

    private transient volatile Mounts mounts = Mounts.none();
    private transient volatile @Nullable Mount root;

    /** Whether all plugins that start with the host have started or failed. */
    private volatile boolean settled;

    private final transient RequestLog log;
    private final transient ErrorResponses errors;
    private final long bodyLimit;
    private final transient ClientBudgets budgets;
    private final transient PathClaims claims;
    private final transient BasePath base;
    private final transient Tracing tracing;

    /** @param claims knows the host's own paths */
    Gateway(
            RequestLog log,
            ErrorResponses errors,
            long bodyLimit,
            ClientBudgets budgets,
            PathClaims claims,
            BasePath base,
            Tracing tracing) {
        this.base = base;
        this.tracing = tracing;
        this.claims = claims;
        this.log = log;
        this.errors = errors;
        this.bodyLimit = bodyLimit;
        this.budgets = budgets;
    }

    /** The host's own paths outside {@code /api}. */
    void mountRoot(Mount mount) {
        root = mount;
    }

    /** A generation takes over. */
    void mount(Mount api, List<Mount> pages) {
        change(now -> now.with(api, pages));
    }

    /** Startup is complete: an unknown path is now 404, not 503. */
    void settle() {
        settled = true;
    }

    void announceUnavailable(String plugin, Unavailability why) {
        change(now -> now.withUnavailable(plugin, why));
    }

    void withdrawUnavailable(String plugin) {
        change(now -> now.withoutUnavailable(plugin));
    }

    /** Removes a plugin, unless another generation has replaced it. */
    void unmount(String plugin, InFlightRequests inFlight) {
        change(now -> now.without(plugin, inFlight));
    }

    private synchronized void change(UnaryOperator<Mounts> change) {
        mounts = change.apply(mounts);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestContext requestContext = RequestContext.begin(request, response, tracing);
        MDC.put(MDC_REQUEST, requestContext.id());
        try (Scope _ = requestContext.span().enter()) {
            answer(requestContext);
        } finally {
            MDC.remove(MDC_REQUEST);
            if (!request.isAsyncStarted()) {
                log.finished(requestContext);
            }
        }
    }

    private void answer(RequestContext requestContext) throws ServletException, IOException {
        try {
            EncodingRules.check(requestContext.request(), requestContext.response());
            pass(requestContext);
        } catch (ApiError error) {
            errors.write(requestContext, error);
        }
    }

    private void pass(RequestContext requestContext) throws ServletException, IOException {
        Mount mount = enter(requestContext.request());
        requestContext.enter(mount.plugin(), mount.contextPath());
        RequestReservations reservations = new RequestReservations(budgets, requestContext::budgetKey);
        GatewayRequest request = new GatewayRequest(
                requestContext.request(),
                mount.contextPath(),
                bodyLimit,
                () -> log.finished(requestContext),
                mount.inFlight(),
                reservations);
        GatewayResponse response = new GatewayResponse(requestContext.response(), reservations::largeAnswer, base);
        try {
            mount.servlet().service(request, response);
            request.proceed();
        } finally {
            request.leaveUnlessAsync();
        }
    }

    /**
     * Finds the target and counts the request. A generation that is draining already has a successor in the map, so
     * look again.
     */
    private Mount enter(HttpServletRequest request) {
        while (true) {
            Mount mount = find(request);
            if (mount.inFlight().tryTake()) {
                return mount;
            }
            Thread.onSpinWait();
        }
    }

    private static void requireAvailable(String path, Mounts now) {
        String plugin = Mounts.pluginOf(path);
        Unavailability why = now.unavailable().get(plugin);
        if (why != null) {
            Duration retryAfter = why instanceof Unavailability.NotYet ? RETRY_AFTER : RETRY_AFTER_FAILURE;
            throw ApiError.unavailable(why.message(plugin), retryAfter);
        }
    }

    private Mount find(HttpServletRequest request) {
        String path = request.getRequestURI();
        Mounts now = mounts;
        Optional<Mount> found = now.find(path);
        if (found.isPresent()) {
            return found.get();
        }
        requireAvailable(path, now);
        if (!claims.isHosts(path) || Mounts.isApi(path)) {
            requireSettled(path, now);
        }
        Mount host = root;
        if (host == null) {
            throw ApiError.notFound("nothing is served at " + path);
        }
        return host;
    }

    /** A plugin that has not started yet may have pages at any path. */
    private void requireSettled(String path, Mounts now) {
        if (!settled) {
            throw ApiError.unavailable("the host is starting its plugins", RETRY_AFTER);
        }
        if (!Mounts.isApi(path)) {
            now.anyWaiting().ifPresent(plugin -> {
                throw ApiError.unavailable(
                        "nothing is served at " + path + " while plugin '" + plugin + "' is not available yet",
                        RETRY_AFTER);
            });
        }
    }
}
