package dev.belfry.host.http;

import dev.belfry.host.lifecycle.Leases;
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
import org.jspecify.annotations.Nullable;

/** A request as a plugin's app sees it: below the plugin's own path, with a checked body, and counted until it is over. */
final class GatewayRequest extends HttpServletRequestWrapper {

    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final String contextPath;
    private final long bodyLimit;
    private final Runnable finished;
    private final Leases leases;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean async;
    private @Nullable ServletInputStream body;

    GatewayRequest(HttpServletRequest request, String contextPath, long bodyLimit, Runnable finished, Leases leases) {
        super(request);
        this.contextPath = contextPath;
        this.bodyLimit = bodyLimit;
        this.finished = finished;
        this.leases = leases;
    }

    @Override
    public String getContextPath() {
        return contextPath;
    }

    @Override
    public String getServletPath() {
        return "";
    }

    /** A header must not turn one method into another: clients and the access log would see different requests. */
    @Override
    public @Nullable String getHeader(String name) {
        return METHOD_OVERRIDE.equalsIgnoreCase(name) ? null : super.getHeader(name);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new CheckedBody(super.getInputStream(), bodyLimit, JsonType.is(getContentType()));
        }
        return body;
    }

    /** Sessions are off: an attribute of a plugin's class would hold its class loader. */
    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (create) {
            throw new UnsupportedOperationException("there are no sessions");
        }
        return null;
    }

    @Override
    public HttpSession getSession() {
        throw new UnsupportedOperationException("there are no sessions");
    }

    @Override
    public AsyncContext startAsync() {
        return watched(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return watched(super.startAsync(request, response));
    }

    private AsyncContext watched(AsyncContext context) {
        async = true;
        context.addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
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

    void leaveUnlessAsync() {
        if (!async) {
            leave();
        }
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            leases.giveBack();
        }
    }
}
