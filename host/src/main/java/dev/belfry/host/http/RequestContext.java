package dev.belfry.host.http;

import dev.belfry.api.access.Caller;
import dev.belfry.host.tracing.RequestSpan;
import dev.belfry.host.tracing.Tracing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.Attributes;

/** One request and its response, as the access log and the metrics see them. */
final class RequestContext {

    private static final String KEY = RequestContext.class.getName();
    static final String ID_HEADER = "X-Request-Id";

    /** On every response; handlers may replace them. */
    static final Map<String, String> SECURITY_HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    /** The caller in the access log before authentication. */
    private static final String NOBODY = "-";

    /** The plugin and the route of a request that has none. */
    private static final String NONE = "none";

    private static final String ANONYMOUS = Caller.anonymous().subject();

    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String id;
    private final RequestSpan span;
    private final long startNanos = System.nanoTime();
    private final Queue<Runnable> whenOver = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private String plugin = NONE;
    private String contextPath = "";
    private String route = NONE;
    private String caller = NOBODY;
    private String refusal = "";

    private RequestContext(HttpServletRequest request, HttpServletResponse response, String id, RequestSpan span) {
        this.request = request;
        this.response = response;
        this.id = id;
        this.span = span;
    }

    static RequestContext begin(HttpServletRequest request, HttpServletResponse response, Tracing tracing) {
        String id = Optional.ofNullable(request.getHeader(ID_HEADER))
                .filter(given -> ID.matcher(given).matches())
                .orElseGet(RequestContext::newId);
        response.setHeader(ID_HEADER, id);
        SECURITY_HEADERS.forEach(response::setHeader);
        RequestSpan span = RequestLog.isProbe(request.getRequestURI())
                ? RequestSpan.NONE
                : tracing.request(new TracedRequest(request, id));
        RequestContext requestContext = new RequestContext(request, response, id, span);
        request.setAttribute(KEY, requestContext);
        return requestContext;
    }

    /** Unique, but no secret: a secure random number would cost more than the rest of this class. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    static RequestContext of(HttpServletRequest request) {
        return (RequestContext) request.getAttribute(KEY);
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    String id() {
        return id;
    }

    String method() {
        return request.getMethod();
    }

    String path() {
        return request.getRequestURI();
    }

    /** Path and query as received. */
    String url() {
        String query = request.getQueryString();
        return query == null ? path() : path() + "?" + query;
    }

    String plugin() {
        return plugin;
    }

    /** @param contextPath the path that routes are relative to */
    void enter(String plugin, String contextPath) {
        this.plugin = plugin;
        this.contextPath = contextPath;
    }

    /** The matched route, or {@code none}. Unlike the path it has few values. */
    String route() {
        return route;
    }

    /** The matched route from the root of the host; empty when there is none. */
    Optional<String> fullRoute() {
        return route.equals(NONE) ? Optional.empty() : Optional.of(contextPath + route);
    }

    void matched(String route) {
        this.route = route;
    }

    String caller() {
        return caller;
    }

    void proven(String caller) {
        this.caller = caller;
    }

    /** Why the request was refused with 401, 403 or 405; else empty. */
    String refusal() {
        return refusal;
    }

    void refused(String reason) {
        this.refusal = reason;
    }

    /** Whether the gateway has seen the request, and will log it. */
    static boolean isKnown(Attributes request) {
        return request.getAttribute(KEY) != null;
    }

    /** Whose budget the request uses: the caller's, or the client address's before authentication. */
    String budgetKey() {
        return caller.equals(NOBODY) || caller.equals(ANONYMOUS) ? "address " + request.getRemoteAddr() : caller;
    }

    RequestSpan span() {
        return span;
    }

    /** Also before the request is complete: a stream can be open for days. */
    void endSpan() {
        span.end(response.getStatus(), fullRoute(), plugin);
    }

    /** Runs when the response is complete or the client has disconnected. */
    void whenOver(Runnable action) {
        whenOver.add(action);
    }

    /**
     * Marks the request as complete. A fast asynchronous response completes twice: in its own call and by the
     * container's callback.
     *
     * @return false when it was complete already
     */
    boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        whenOver.forEach(Runnable::run);
        return true;
    }

    long nanos() {
        return System.nanoTime() - startNanos;
    }
}
