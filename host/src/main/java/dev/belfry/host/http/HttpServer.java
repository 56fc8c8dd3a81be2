package dev.belfry.host.http;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.web.Pages;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.AccessControl;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.lifecycle.Unavailability;
import dev.belfry.host.names.HostNames;
import dev.belfry.host.settings.BelfrySettings;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.LimitSettings;
import dev.belfry.host.settings.ListenAddress;
import dev.belfry.host.settings.ListenSettings;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.tls.CertifiedKey;
import dev.belfry.host.tracing.Tracing;
import io.javalin.Javalin;
import io.javalin.http.servlet.ServletEntry;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinLogger;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import kotlin.LazyKt;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The host's HTTP server. Plugins and the host itself register endpoints with it. */
public final class HttpServer implements AutoCloseable {

    /**
     * At stop: how long idle connections may send one more request. Every stop that has such connections takes this
     * long.
     */
    private static final Duration IDLE_AT_STOP = Duration.ofMillis(200);

    private static final int PLATFORM_THREADS = 16;

    private static final int MAX_HEADERS = 16 * 1024;

    /** Paths that no plugin may take, in addition to the host's routes. */
    private static final List<String> RESERVED = List.of("/api", "/.backstage", "/healthz");

    private final ListenSettings listen;
    private final ErrorResponses errors;
    private final Gateway gateway;
    private final PluginEndpoints endpoints;
    private final EventStreams streams;
    private final RequestLog log;
    private final ClientBudgets budgets;
    private volatile LimitSettings limits;
    private final Javalin server;
    private final Optional<TlsConnector> tls;

    /**
     * @param permissions gets the permissions of the endpoints that are open
     * @param outage the reason when an unavailable database caused a failure, so that the response is 503 and not 500
     */
    public HttpServer(
            HostSettings host,
            AccessControl access,
            DeclaredPermissions permissions,
            MeterRegistry meters,
            HostThreads threads,
            BiFunction<String, Throwable, Optional<DatabaseUnavailable>> outage,
            Tracing tracing) {
        this.listen = host.listen();
        BelfrySettings settings = host.belfry();
        limits = settings.limits();
        log = new RequestLog(meters, host);
        errors = new ErrorResponses(outage);
        budgets = ClientBudgets.of(settings.limits(), Runtime.getRuntime().maxMemory());
        streams = new EventStreams(settings.limits().streams(), meters, threads);
        PathClaims claims = new PathClaims();
        for (String path : RESERVED) {
            HostNames.requirePath(path);
            claims.reserve(path);
        }
        BasePath base = new BasePath(host.basePath());
        if (!base.path().isEmpty()) {
            claims.reserve(base.path());
        }
        gateway = new Gateway(log, errors, settings.bodyLimit(), budgets, claims, base, tracing);
        endpoints = new PluginEndpoints(
                gateway,
                access,
                errors,
                settings.bodyLimit(),
                settings.limits(),
                streams,
                claims,
                permissions,
                host.auth().hasSignIn(),
                base,
                tracing);
        int connections = FileDescriptors.limit(limits.clients().connections());
        Http2Budget http2 = new Http2Budget(connections, Runtime.getRuntime().maxMemory());
        tls = host.https().map(https -> new TlsConnector(listen, https, http2));
        CarrierThreads.provide(settings.limits().carrierThreads());
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.unsafe.servlet = LazyKt.lazyOf(new ServletEntry(null, gateway));
            config.jetty.threadPool = threads();
            // Javalin's default allows encoded slashes and dots in paths, which makes path checks easy to bypass.
            config.jetty.modifyHttpConfiguration(http -> {
                http.setUriCompliance(UriCompliance.DEFAULT);
                http.setRequestHeaderSize(MAX_HEADERS);
                http.addCustomizer(new ForwardedClient(host.trustProxy()));
                http.addCustomizer(base);
            });
            tls.ifPresent(connector -> config.jetty.addConnector(connector::of));
            config.jetty.modifyServer(jetty -> {
                configure(jetty, host, errors);
                ConnectionLimits.watch(jetty, () -> limits.clients(), connections, http2);
            });
        });
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
        return threads;
    }

    private void configure(Server jetty, HostSettings host, ErrorResponses errors) {
        BelfrySettings settings = host.belfry();
        jetty.setStopTimeout(settings.drainTimeout().toMillis());
        jetty.setErrorHandler(new JettyErrors(errors));
        jetty.insertHandler(new GracefulHandler());
        Cors.handler(host.cors()).ifPresent(jetty::insertHandler);
        jetty.insertHandler(new CrossSiteProtection(host));
        if (tls.isPresent()) {
            jetty.insertHandler(new Http2Request.Watch());
        }
        jetty.setRequestLog(log::finishedByServer);
    }

    /** The HTTP endpoint of one plugin generation, or of the host. */
    public interface Endpoint {

        /** Collects routes until {@link #complete}. */
        Routes routes();

        /**
         * Takes a path outside {@code /api} for pages, which are collected until {@link #complete}.
         *
         * @throws IllegalArgumentException when the path has the wrong form, or is the host's
         * @throws IllegalStateException when another plugin has the path, one above it or one below it
         */
        Mount mount(String path);

        /** Accepts credentials of the plugin's own kind for all routes. Must be called before {@link #complete}. */
        void accept(HeaderCredentials credentials);

        /** @throws IllegalArgumentException when two routes are equal or a document is missing */
        void complete();

        /** The permissions of routes and pages, and the permissions that handlers check. Complete after {@link #complete}. */
        Set<Permission> permissions();

        /** The part of {@link #permissions} that every signed-in user has by default. */
        Set<Permission> grantedByDefault();

        /** From now on, new requests reach this endpoint. */
        void open();

        /** From now on, no new request does. Streams and long polls are told to end. */
        void close();
    }

    /** A path with pages. Closing gives the path back and closes its files. */
    public interface Mount extends AutoCloseable {

        /** Collects pages until {@link Endpoint#complete}. */
        Pages pages();
    }

    /**
     * @param resources location of the plugin's own files
     * @return the endpoint below {@code /api/<id of the plugin>}
     */
    public Endpoint endpointOf(Descriptor plugin, PluginBoundary boundary, InFlightRequests inFlight, URL resources) {
        return endpoints.ofPlugin(plugin, boundary, inFlight, resources);
    }

    /** Ends the event streams of these users. Their clients connect again, and are checked like new ones. */
    public void endStreams(Set<EntityRef> users) {
        streams.end(users);
    }

    /** The endpoint for the host's own paths outside {@code /api}. */
    public Endpoint rootEndpoint(PluginBoundary boundary, URL resources) {
        return endpoints.ofHost(PathClaims.HOST, "", boundary, resources);
    }

    /** An endpoint of the host below {@code /api/<id>}. */
    public Endpoint hostEndpoint(String id, PluginBoundary boundary, URL resources) {
        HostNames.requireApi(id);
        return endpoints.ofHost(id, "/api/" + id, boundary, resources);
    }

    /**
     * A route that is served.
     *
     * @param path relative to the plugin's path
     * @param access who may use it, for display
     */
    public record DeclaredRoute(String method, String path, String access) {}

    /** The routes of a running plugin. */
    public List<DeclaredRoute> routesOf(String pluginId) {
        return endpoints.opened(pluginId).map(PluginEndpoint::declared).orElse(List.of());
    }

    /**
     * The declarations of a running plugin.
     *
     * @param permissions of its routes and pages, and permissions that its handlers check
     * @param location its JAR or folder of classes
     */
    public record Declared(Set<Permission> permissions, URL location) {}

    /** Empty when the plugin does not run. */
    public Optional<Declared> declaredBy(String pluginId) {
        return endpoints.opened(pluginId).map(endpoint -> new Declared(endpoint.permissions(), endpoint.resources()));
    }

    /**
     * A path with pages that is served.
     *
     * @param files who may load the files, for display
     */
    public record DeclaredMount(String path, String files, List<DeclaredPage> pages) {}

    /**
     * A page that is served.
     *
     * @param path from the root of the host
     * @param access who may see it, for display
     */
    public record DeclaredPage(String path, String access) {}

    /** The paths with pages of a running plugin. */
    public List<DeclaredMount> mountsOf(String pluginId) {
        return endpoints.opened(pluginId).map(PluginEndpoint::declaredMounts).orElse(List.of());
    }

    /** Routes whose requests failed because the class of their body cannot be created from JSON, described for the plugin's author. */
    public List<String> unreadableBodies() {
        return errors.unreadableBodies();
    }

    /** Ids of the endpoints that have an OpenAPI document, including the host's. */
    public List<String> documented() {
        return endpoints.documented();
    }

    /** Startup is complete: all configured plugins have started or failed. Until then, unknown paths get 503. */
    public void settle() {
        gateway.settle();
    }

    /** Responds with 503 for a plugin that should run and does not. */
    public void announceUnavailable(String pluginId, Unavailability why) {
        gateway.announceUnavailable(pluginId, why);
    }

    /** Undoes {@link #announceUnavailable}. */
    public void withdrawUnavailable(String pluginId) {
        gateway.withdrawUnavailable(pluginId);
    }

    /** The access log and the limits from now on; the number of connections and of carrier threads stays. */
    public void use(HostSettings settings) {
        limits = settings.belfry().limits();
        log.use(settings);
        budgets.use(limits);
        streams.use(limits.streams());
        endpoints.use(limits);
    }

    /** Serves this certificate to new connections. With {@code backend.https}, one is needed before the start. */
    public void use(CertifiedKey certificate) {
        tls.ifPresent(connector -> connector.use(certificate));
    }

    /** Binds the port. */
    public void start() {
        bind();
        streams.start();
        for (Connector connector : server.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector own) {
                own.setShutdownIdleTimeout(IDLE_AT_STOP.toMillis());
            }
        }
    }

    /** Javalin logs a failure before it throws it; the caller reports it. */
    private void bind() {
        synchronized (JavalinLogger.class) {
            boolean enabled = JavalinLogger.enabled;
            JavalinLogger.enabled = false;
            try {
                server.start(listen.host(), listen.port());
            } catch (JavalinBindException e) {
                throw notBound(e);
            } finally {
                JavalinLogger.enabled = enabled;
            }
        }
    }

    private RuntimeException notBound(JavalinBindException failure) {
        return ListenAddress.fault(listen)
                .<RuntimeException>map(fault -> new ConfigurationException(List.of(fault)))
                .orElseGet(() -> new JavalinBindException(
                        listen.host() + ":" + listen.port() + " cannot be listened on", failure));
    }

    public int port() {
        return server.port();
    }

    /** Refuses new connections and waits for requests in flight, up to the time limit. */
    @Override
    public void close() {
        endpoints.drain();
        server.stop();
        streams.close();
    }
}
