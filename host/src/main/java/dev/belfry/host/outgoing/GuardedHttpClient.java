package dev.belfry.host.outgoing;

import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.tracing.ClientSpan;
import dev.belfry.host.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Java's HTTP client for one plugin generation, on top of Jetty's, which lets the host see each address before it connects. */
final class GuardedHttpClient extends HttpClient {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final String FAILED = "failed";

    private final org.eclipse.jetty.client.HttpClient jetty;
    private final PluginBoundary boundary;
    private final MeterRegistry meters;
    private final Tracing tracing;
    private final Executor threads;

    /**
     * @param meters of the plugin
     * @param threads continue the trace of the caller
     */
    GuardedHttpClient(
            org.eclipse.jetty.client.HttpClient jetty,
            PluginBoundary boundary,
            MeterRegistry meters,
            Tracing tracing,
            Executor threads) {
        this.jetty = jetty;
        this.boundary = boundary;
        this.meters = meters;
        this.tracing = tracing;
        this.threads = threads;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!Redirects.isHttp(request.uri())) {
            throw new IllegalArgumentException(
                    "the URI '" + request.uri() + "' must have a host, and the scheme http or https");
        }
        Timer.Sample sample = Timer.start();
        String status = FAILED;
        try {
            HttpResponse<T> response = follow(request, handler);
            status = Integer.toString(response.statusCode());
            return response;
        } finally {
            sample.stop(Timer.builder("http.client.requests")
                    .description("Requests of plugins to other servers")
                    .tag("method", request.method())
                    .tag("status", status)
                    .register(meters));
        }
    }

    private <T> HttpResponse<T> follow(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + request.timeout().orElse(DEFAULT_TIMEOUT).toNanos();
        Optional<byte[]> body = PublishedBytes.of(request);
        HttpRequest current = request;
        for (int redirects = 0; ; redirects++) {
            boolean hasBody = current.bodyPublisher()
                    .filter(publisher -> publisher.contentLength() != 0)
                    .isPresent();
            ClientSpan span = tracing.client(current.method(), current.uri());
            try {
                JettyRequest sent = JettyRequest.send(
                        jetty,
                        withTrace(current, span.headers()),
                        hasBody ? body : Optional.empty(),
                        Duration.ofNanos(end - System.nanoTime()));
                span.responded(sent.status());
                Optional<HttpRequest> next =
                        Redirects.next(current, sent.status(), sent.headers().firstValue("Location"));
                if (next.isEmpty() || redirects == Redirects.MAX) {
                    return receive(current, sent, handler);
                }
                sent.body().close();
                current = next.get();
            } catch (IOException | InterruptedException | RuntimeException failure) {
                span.failed(failure);
                throw failure;
            } finally {
                span.end();
            }
        }
    }

    private static HttpRequest withTrace(HttpRequest request, Map<String, List<String>> headers) {
        if (headers.isEmpty()) {
            return request;
        }
        HttpRequest.Builder traced =
                HttpRequest.newBuilder(request, (name, _) -> !headers.containsKey(name.toLowerCase(Locale.ROOT)));
        headers.forEach((name, values) -> values.forEach(value -> traced.header(name, value)));
        return traced.build();
    }

    private <T> HttpResponse<T> receive(HttpRequest request, JettyRequest sent, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        BodySubscriber<T> subscriber = handler.apply(new ReceivedResponse.Info(sent.status(), sent.headers()));
        BodyPump pump = new BodyPump(sent.body(), subscriber);
        threads.execute(() -> boundary.run(pump::run));
        try {
            T body = subscriber.getBody().toCompletableFuture().get();
            return new ReceivedResponse<>(request, sent.status(), sent.headers(), body);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("the response of " + request.uri() + " broke off: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            pump.cancel();
            throw e;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> response = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                boundary.run(() -> response.complete(send(request, handler)));
            } catch (Throwable e) {
                response.completeExceptionally(e);
            }
        });
        return response;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return sendAsync(request, handler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.of(Duration.ofMillis(jetty.getConnectTimeout()));
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NORMAL;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has a default SSL context", e);
        }
    }

    @Override
    public SSLParameters sslParameters() {
        return sslContext().getDefaultSSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }

    /** The host closes the connections when the plugin stops. */
    @Override
    public void close() {}
}
