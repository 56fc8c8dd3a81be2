package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.lifecycle.InFlightRequests;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request as the plugin's app sees it: relative to the plugin's path, with a checked body, and counted as in flight
 * until it completes.
 */
final class GatewayRequest extends HttpServletRequestWrapper {

    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final boolean gzip;
    private final String contextPath;
    private final long bodyLimit;
    private final Runnable finished;
    private final InFlightRequests inFlight;
    private final RequestReservations reservations;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean async;
    private @Nullable ServletInputStream body;
    private @Nullable Consumer<AsyncContext> continuation;

    GatewayRequest(
            HttpServletRequest request,
            String contextPath,
            long bodyLimit,
            Runnable finished,
            InFlightRequests inFlight,
            RequestReservations reservations) {
        super(request);
        this.gzip = EncodingRules.isGzip(request);
        this.contextPath = contextPath;
        this.bodyLimit = bodyLimit;
        this.finished = finished;
        this.inFlight = inFlight;
        this.reservations = reservations;
    }

    static GatewayRequest of(ServletRequest request) {
        ServletRequest current = request;
        while (current instanceof HttpServletRequestWrapper wrapper) {
            if (wrapper instanceof GatewayRequest found) {
                return found;
            }
            current = wrapper.getRequest();
        }
        throw new IllegalStateException("the request did not come through the gateway");
    }

    RequestReservations reservations() {
        return reservations;
    }

    /**
     * Reads the body, up to a limit, before the handler runs.
     *
     * @throws ApiError when it is too long, ends early or is malformed
     */
    void receiveBody() {
        long declared = super.getContentLengthLong();
        boolean none = declared == 0
                || (declared < 0
                        && super.getHeader("Transfer-Encoding") == null
                        && !Http2Request.hasBody(getRequest()));
        if (body != null || none || EncodingRules.isMultipart(this)) {
            return;
        }
        try {
            if (declared > bodyLimit) {
                // A client that expects 100 Continue has not sent it.
                if (super.getHeader("Expect") == null) {
                    CheckedBody.discard(super.getInputStream());
                }
                throw CheckedBody.tooLong(bodyLimit);
            }
            body = RequestBody.read(checkedBody(), gzip ? -1 : declared, reservations.body());
        } catch (IOException e) {
            throw ApiError.input("the body ended early, is malformed or arrived too slowly");
        }
    }

    private CheckedBody checkedBody() throws IOException {
        ServletInputStream received = super.getInputStream();
        boolean json = JsonType.is(getContentType());
        if (!gzip) {
            return new CheckedBody(received, received, bodyLimit, json);
        }
        GzipBody unpacked = new GzipBody(received);
        RequestContext.of(this).whenOver(unpacked::end);
        return new CheckedBody(unpacked, received, bodyLimit, json);
    }

    @Override
    public String getContextPath() {
        return contextPath;
    }

    @Override
    public String getServletPath() {
        return "";
    }

    /**
     * No method override: clients and the access log would see different methods. A plugin reads an unpacked body, so it does not see
     * the encoding and the length of the packed one.
     */
    @Override
    public @Nullable String getHeader(String name) {
        boolean hidden = METHOD_OVERRIDE.equalsIgnoreCase(name)
                || gzip && ("Content-Encoding".equalsIgnoreCase(name) || "Content-Length".equalsIgnoreCase(name));
        return hidden ? null : super.getHeader(name);
    }

    @Override
    public int getContentLength() {
        return gzip ? -1 : super.getContentLength();
    }

    @Override
    public long getContentLengthLong() {
        return gzip ? -1 : super.getContentLengthLong();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = checkedBody();
        }
        return body;
    }

    /** No sessions: an attribute of a plugin's class would keep its class loader from being unloaded. */
    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (create) {
            throw new UnsupportedOperationException("sessions are not supported");
        }
        return null;
    }

    @Override
    public HttpSession getSession() {
        throw new UnsupportedOperationException("sessions are not supported");
    }

    @Override
    public AsyncContext startAsync() {
        takePlace();
        return watched(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        takePlace();
        return watched(super.startAsync(request, response));
    }

    private void takePlace() {
        try {
            reservations.takePlace();
        } catch (ApiError refusal) {
            throw new TooManyAsyncRequests(RequestContext.of(this), refusal);
        }
    }

    private AsyncContext watched(AsyncContext context) {
        async = true;
        context.addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                reservations.release();
                leave();
                finished.run();
            }

            @Override
            public void onTimeout(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {
                event.getAsyncContext().addListener(this);
            }
        });
        return context;
    }

    /** Work with which the request continues asynchronously after the plugin's app has returned. */
    void continueWith(Consumer<AsyncContext> work) {
        continuation = work;
    }

    /** The plugin's app has returned. */
    void proceed() {
        Consumer<AsyncContext> work = continuation;
        continuation = null;
        if (work != null) {
            work.accept(startAsync());
        }
    }

    void leaveUnlessAsync() {
        if (!async) {
            reservations.release();
            leave();
        }
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            inFlight.giveBack();
        }
    }
}
