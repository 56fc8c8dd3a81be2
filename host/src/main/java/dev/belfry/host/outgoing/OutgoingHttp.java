package dev.belfry.host.outgoing;

import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.settings.OutgoingSettings;
import dev.belfry.host.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.time.Duration;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** The HTTP client of one plugin generation, or of the host. Closing it closes its connections and ends its requests. */
public final class OutgoingHttp implements AutoCloseable {

    /** The address is not public, and the configuration does not allow it. */
    public static final class AddressRefused extends SocketException {
        private static final long serialVersionUID = 1;

        AddressRefused(String message) {
            super(message);
        }
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_THREADS = 8;
    private static final int SELECTORS = 1;

    private final org.eclipse.jetty.client.HttpClient jetty;
    private final HttpClient client;

    private OutgoingHttp(org.eclipse.jetty.client.HttpClient jetty, HttpClient client) {
        this.jetty = jetty;
        this.client = client;
    }

    /**
     * Opens a client.
     *
     * @param meters of the plugin
     */
    public static OutgoingHttp open(
            Generation generation, OutgoingSettings settings, MeterRegistry meters, Tracing tracing) {
        return open(generation.name(), generation.boundary(), settings, meters, tracing);
    }

    /** Opens a client of the command line. */
    public static OutgoingHttp open(String owner, OutgoingSettings settings, MeterRegistry meters) {
        return open(owner, settings, meters, Tracing.off());
    }

    /**
     * Opens a client of the host itself.
     *
     * @param owner part of the names of threads
     */
    public static OutgoingHttp open(String owner, OutgoingSettings settings, MeterRegistry meters, Tracing tracing) {
        PluginBoundary boundary =
                new PluginBoundary(owner, OutgoingHttp.class.getClassLoader(), new InFlightRequests());
        return open(owner, boundary, settings, meters, tracing);
    }

    private static OutgoingHttp open(
            String owner, PluginBoundary boundary, OutgoingSettings settings, MeterRegistry meters, Tracing tracing) {
        String name = "http client of " + owner;
        Thread thread = Thread.currentThread();
        ClassLoader inside = thread.getContextClassLoader();
        // Jetty's threads and services must not come from the plugin.
        thread.setContextClassLoader(OutgoingHttp.class.getClassLoader());
        try {
            org.eclipse.jetty.client.HttpClient jetty = jetty(name, settings);
            jetty.start();
            // Java's client does not decode responses.
            jetty.getContentDecoderFactories().clear();
            HttpClient client = new GuardedHttpClient(
                    jetty,
                    boundary,
                    meters,
                    tracing,
                    task -> Thread.ofVirtual()
                            .name(name)
                            .inheritInheritableThreadLocals(false)
                            .start(tracing.carry(task)));
            return new OutgoingHttp(jetty, client);
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client cannot be started: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(inside);
        }
    }

    private static org.eclipse.jetty.client.HttpClient jetty(String name, OutgoingSettings settings) {
        org.eclipse.jetty.client.HttpClient jetty =
                new org.eclipse.jetty.client.HttpClient(new HttpClientTransportOverHTTP(SELECTORS));
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, SELECTORS);
        threads.setName(name);
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler(name + " timer", true);
        jetty.setExecutor(threads);
        jetty.setScheduler(scheduler);
        jetty.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        jetty.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        jetty.setHttpCookieStore(new HttpCookieStore.Empty());
        jetty.setFollowRedirects(false);
        jetty.setUserAgentField(null);
        jetty.setSocketAddressResolver(new AddressGuard(
                new SocketAddressResolver.Async(threads, scheduler, CONNECT_TIMEOUT.toMillis()), settings));
        return jetty;
    }

    public HttpClient client() {
        return client;
    }

    @Override
    public void close() throws Exception {
        jetty.stop();
    }
}
