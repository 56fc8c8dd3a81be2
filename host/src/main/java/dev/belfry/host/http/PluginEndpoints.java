package dev.belfry.host.http;

import dev.belfry.host.access.AccessControl;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.settings.LimitSettings;
import dev.belfry.host.tracing.PluginWork;
import dev.belfry.host.tracing.Tracing;
import io.javalin.http.util.AsyncExecutor;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Creates endpoints and holds what they share. */
final class PluginEndpoints {

    private final Gateway gateway;
    private final AccessControl access;
    private final ErrorResponses errors;
    private final long bodyLimit;

    /** Weak references: an endpoint is collected with its generation. */
    private final Set<PluginEndpoint> made =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Shared: a pool per app would keep threads with the plugin's class loader for a minute. */
    private final ExecutorService async = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("async-", 0).factory());

    private volatile LimitSettings limits;

    /** The number of carrier threads cannot change. */
    private final int mostPermits;

    private final RequestRateLimiter rate;
    private final EventStreams streams;
    private final PathClaims claims;
    private final DeclaredPermissions permissions;
    private final boolean signIn;
    private final BasePath base;
    private final Tracing tracing;

    /** @param signIn whether people can sign in at this host */
    PluginEndpoints(
            Gateway gateway,
            AccessControl access,
            ErrorResponses errors,
            long bodyLimit,
            LimitSettings limits,
            EventStreams streams,
            PathClaims claims,
            DeclaredPermissions permissions,
            boolean signIn,
            BasePath base,
            Tracing tracing) {
        this.base = base;
        this.tracing = tracing;
        this.signIn = signIn;
        this.permissions = permissions;
        this.claims = claims;
        this.streams = streams;
        this.limits = limits;
        this.mostPermits = limits.carrierThreads() - 1;
        this.rate = new RequestRateLimiter(limits.clients());
        this.gateway = gateway;
        this.access = access;
        this.errors = errors;
        this.bodyLimit = bodyLimit;
    }

    /** For endpoints that there are, and for new ones. */
    void use(LimitSettings now) {
        limits = now;
        rate.use(now.clients());
    }

    HttpServer.Endpoint ofPlugin(Descriptor plugin, PluginBoundary boundary, InFlightRequests inFlight, URL resources) {
        Bulkhead bulkhead = new Bulkhead(plugin.id(), () -> Bulkhead.Limits.of(limits, mostPermits));
        HandlerCalls calls = new HandlerCalls(boundary, tracing, Optional.of(PluginWork.request(plugin)));
        return create(plugin.id(), "/api/" + plugin.id(), calls, inFlight, bulkhead, resources);
    }

    /** @param id the plugin to which its permissions belong */
    HttpServer.Endpoint ofHost(String id, String contextPath, PluginBoundary boundary, URL resources) {
        HandlerCalls calls = new HandlerCalls(boundary, tracing, Optional.empty());
        return create(id, contextPath, calls, new InFlightRequests(), Bulkhead.unbounded(), resources);
    }

    /** The endpoint of the generation that serves. */
    Optional<PluginEndpoint> opened(String plugin) {
        return opened().filter(endpoint -> endpoint.isOf(plugin)).findFirst();
    }

    List<String> documented() {
        return opened().filter(PluginEndpoint::isDocumented)
                .map(PluginEndpoint::plugin)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<PluginEndpoint> opened() {
        return all().stream().filter(PluginEndpoint::isOpen);
    }

    private List<PluginEndpoint> all() {
        synchronized (made) {
            return List.copyOf(made);
        }
    }

    private HttpServer.Endpoint create(
            String plugin,
            String contextPath,
            HandlerCalls calls,
            InFlightRequests inFlight,
            Bulkhead bulkhead,
            URL resources) {
        AsyncExecutor tasks = new AsyncExecutor(new BulkheadExecutor(async, bulkhead, tracing));
        PluginStreams own = new PluginStreams(plugin, calls.boundary(), streams);
        PluginEndpoint endpoint = new PluginEndpoint(
                plugin,
                contextPath,
                table -> new PluginApp(
                        plugin, table, calls, access, errors, tasks, bulkhead, rate, own, signIn, bodyLimit),
                gateway,
                claims,
                permissions,
                inFlight,
                resources,
                base);
        made.add(endpoint);
        return endpoint;
    }

    /** Before the server stops: streams do not end by themselves, and the server waits for requests in flight. */
    void drain() {
        all().forEach(PluginEndpoint::drain);
    }
}
