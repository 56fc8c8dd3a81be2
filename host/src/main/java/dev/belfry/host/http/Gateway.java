package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.lifecycle.InFlightRequests;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
    private static final String API = "/api/";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final String MDC_REQUEST = "request";

    private transient volatile Map<String, Mount> plugins = Map.of();
    private transient volatile @Nullable Mount root;

    /** Whether all plugins that start with the host have started or failed. */
    private volatile boolean settled;

    private final transient RequestLog log;
    private final transient ErrorResponses errors;
    private final long bodyLimit;
    private final transient ClientBudgets budgets;

    /** The target of a path. Without a servlet, the plugin is expected but not there yet. */
    private record Mount(String plugin, String contextPath, Optional<HttpServlet> servlet, InFlightRequests inFlight) {}

    Gateway(RequestLog log, ErrorResponses errors, long bodyLimit, ClientBudgets budgets) {
        this.log = log;
        this.errors = errors;
        this.bodyLimit = bodyLimit;
        this.budgets = budgets;
    }

    void mount(String plugin, String contextPath, HttpServlet servlet, InFlightRequests inFlight) {
        Mount mount = new Mount(plugin, contextPath, Optional.of(servlet), inFlight);
        if (contextPath.isEmpty()) {
            root = mount;
        } else {
            change(next -> next.put(plugin, mount));
        }
    }

    /** Startup is complete: an unknown path below {@code /api} is now 404, not 503. */
    void settle() {
        settled = true;
    }

    void announceWaiting(String plugin) {
        change(next -> next.put(plugin, new Mount(plugin, API + plugin, Optional.empty(), new InFlightRequests())));
    }

    void withdrawWaiting(String plugin) {
        change(next ->
                next.computeIfPresent(plugin, (id, mount) -> mount.servlet().isEmpty() ? null : mount));
    }

    /** Removes a plugin, unless another generation has replaced it. */
    void unmount(String plugin, InFlightRequests inFlight) {
        change(next -> next.computeIfPresent(plugin, (id, mount) -> mount.inFlight() == inFlight ? null : mount));
    }

    private synchronized void change(Consumer<Map<String, Mount>> change) {
        Map<String, Mount> next = new HashMap<>(plugins);
        change.accept(next);
        plugins = Map.copyOf(next);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestContext requestContext = RequestContext.begin(request, response);
        MDC.put(MDC_REQUEST, requestContext.id());
        try {
            EncodingRules.check(request);
            pass(requestContext);
        } catch (ApiError error) {
            errors.write(requestContext, error);
        } finally {
            MDC.remove(MDC_REQUEST);
            if (!request.isAsyncStarted()) {
                log.finished(requestContext);
            }
        }
    }

    private void pass(RequestContext requestContext) throws ServletException, IOException {
        Mount mount = lease(requestContext.request());
        requestContext.enter(mount.plugin());
        RequestReservations reservations = new RequestReservations(budgets, requestContext::budgetKey);
        GatewayRequest request = new GatewayRequest(
                requestContext.request(),
                mount.contextPath(),
                bodyLimit,
                () -> log.finished(requestContext),
                mount.inFlight(),
                reservations);
        GatewayResponse response = new GatewayResponse(requestContext.response(), reservations::largeAnswer);
        try {
            mount.servlet().orElseThrow().service(request, response);
            request.proceed();
        } finally {
            request.leaveUnlessAsync();
        }
    }

    /**
     * Finds the target and counts the request. A generation that is draining already has a successor in the map, so
     * look again.
     */
    private Mount lease(HttpServletRequest request) {
        while (true) {
            Mount mount = find(request);
            if (mount.servlet().isEmpty()) {
                throw ApiError.unavailable("plugin '" + mount.plugin() + "' is not available yet", RETRY_AFTER);
            }
            if (mount.inFlight().tryTake()) {
                return mount;
            }
            Thread.onSpinWait();
        }
    }

    private Mount find(HttpServletRequest request) {
        String path = request.getRequestURI();
        Mount plugin = path.startsWith(API) ? plugins.get(idIn(path)) : null;
        if (plugin == null && !settled && path.startsWith(API)) {
            throw ApiError.unavailable("the host is starting its plugins", RETRY_AFTER);
        }
        Mount found = plugin == null ? root : plugin;
        if (found == null) {
            throw ApiError.notFound("nothing is served at " + path);
        }
        return found;
    }

    /** The raw second path segment, never decoded: a different spelling is a different path. */
    private static String idIn(String path) {
        int end = path.indexOf('/', API.length());
        return end < 0 ? path.substring(API.length()) : path.substring(API.length(), end);
    }
}
