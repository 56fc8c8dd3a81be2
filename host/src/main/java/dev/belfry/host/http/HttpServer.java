package dev.belfry.host.http;

import dev.belfry.api.web.Routes;
import dev.belfry.host.access.AccessControl;
import dev.belfry.host.config.BelfrySettings;
import dev.belfry.host.config.ClientSettings;
import dev.belfry.host.config.HostSettings;
import dev.belfry.host.config.ListenSettings;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.lifecycle.InFlightRequests;
import io.javalin.Javalin;
import io.javalin.http.servlet.ServletEntry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kotlin.LazyKt;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The host's one server, and the surfaces that plugins and the host itself show on it. */
public final class HttpServer implements AutoCloseable {

    /** How long a stop waits for another request on a connection that has none: each stop waits so long, if there is one. */
    private static final Duration IDLE_AT_STOP = Duration.ofMillis(200);

    private static final int PLATFORM_THREADS = 16;

    private static final int MAX_HEADERS = 16 * 1024;

    private final ListenSettings listen;
    private final Gateway gateway;
    private final PluginEndpoints endpoints;
    private final Javalin server;

    /**
     * @param outage why a failure will pass, so that the answer is 503 and not 500; empty when it will not
     */
    public HttpServer(
            HostSettings host,
            AccessControl access,
            MeterRegistry meters,
            Function<Throwable, Optional<String>> outage) {
        this.listen = host.listen();
        BelfrySettings settings = host.belfry();
        RequestLog log = new RequestLog(meters, settings.accessLog());
        ErrorResponses errors = new ErrorResponses(outage);
        ClientSettings clients = settings.limits().clients();
        ClientBudgets budgets = ClientBudgets.of(
                clients, Runtime.getRuntime().maxMemory(), settings.limits().patience());
        gateway = new Gateway(log, errors, settings.bodyLimit(), budgets);
        endpoints = new PluginEndpoints(gateway, access, errors, settings.bodyLimit(), settings.limits());
        CarrierThreads.provide(settings.limits().carrierThreads());
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.unsafe.servlet = LazyKt.lazyOf(new ServletEntry(null, gateway));
            config.jetty.threadPool = threads();
            // Javalin's own setting takes encoded slashes and dots in paths, which invites walking around a path.
            config.jetty.modifyHttpConfiguration(http -> {
                http.setUriCompliance(UriCompliance.DEFAULT);
                http.setRequestHeaderSize(MAX_HEADERS);
                http.addCustomizer(new ForwardedClient(host.trustProxy()));
            });
            config.jetty.modifyServer(jetty -> configure(jetty, host, errors, log));
        });
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
        return threads;
    }

    private static void configure(Server jetty, HostSettings host, ErrorResponses errors, RequestLog log) {
        BelfrySettings settings = host.belfry();
        jetty.setStopTimeout(settings.drainTimeout().toMillis());
        jetty.setErrorHandler(new JettyErrors(errors));
        jetty.insertHandler(new GracefulHandler());
        ConnectionLimits.watch(jetty, settings.limits().clients());
        Cors.handler(host.cors()).ifPresent(jetty::insertHandler);
        jetty.insertHandler(new CrossSiteProtection(host));
        jetty.setRequestLog(log::finishedByServer);
    }

    /** What one generation of a plugin, or the host, shows. */
    public interface Endpoint {

        /** Takes declarations until {@link #complete}. */
        Routes routes();

        /** @throws IllegalArgumentException when two routes are equal or a document is missing */
        void complete();

        /** From here new requests meet this surface. */
        void open();

        /** From here no new request does; streams, and requests that wait, are told to end. */
        void close();
    }

    /**
     * @param resources where the plugin's own files are
     * @return a surface below {@code /api/<pluginId>}
     */
    public Endpoint endpointOf(String pluginId, PluginBoundary boundary, InFlightRequests inFlight, URL resources) {
        return endpoints.ofPlugin(pluginId, boundary, inFlight, resources);
    }

    /** The surface for everything that is no plugin's. */
    public Endpoint rootEndpoint(PluginBoundary boundary, URL resources) {
        return endpoints.ofHost("", boundary, resources);
    }

    /** The host's own surface among those of plugins, below {@code /api/host}. */
    public Endpoint hostEndpoint(PluginBoundary boundary, URL resources) {
        return endpoints.ofHost("/api/host", boundary, resources);
    }

    /**
     * A route that is served.
     *
     * @param path below that of its plugin
     * @param access who may use it, for people to read
     */
    public record DeclaredRoute(String method, String path, String access) {}

    /** The routes of a plugin that runs. */
    public List<DeclaredRoute> routesOf(String pluginId) {
        return endpoints.opened(pluginId).map(PluginEndpoint::declared).orElse(List.of());
    }

    /** Ids of those that have an OpenAPI document, the host's among them. */
    public List<String> documented() {
        return endpoints.documented();
    }

    /** The plugins that are to start have started, or have failed: until then a plugin that is not there is answered by 503. */
    public void settle() {
        gateway.settle();
    }

    /** Answers 503 for a plugin that is not there yet. */
    public void announceWaiting(String pluginId) {
        gateway.announceWaiting(pluginId);
    }

    /** Takes {@link #announceWaiting} back. */
    public void withdrawWaiting(String pluginId) {
        gateway.withdrawWaiting(pluginId);
    }

    /** Binds the port. */
    public void start() {
        server.start(listen.host(), listen.port());
        for (Connector connector : server.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector own) {
                own.setShutdownIdleTimeout(IDLE_AT_STOP.toMillis());
            }
        }
    }

    public int port() {
        return server.port();
    }

    /** Takes no new connection and waits for the requests in flight, for a limited time. */
    @Override
    public void close() {
        endpoints.drain();
        server.stop();
    }
}
