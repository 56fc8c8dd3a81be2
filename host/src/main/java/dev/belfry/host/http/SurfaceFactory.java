package dev.belfry.host.http;

import dev.belfry.host.access.AccessControl;
import dev.belfry.host.config.LimitSettings;
import dev.belfry.host.lifecycle.Guard;
import dev.belfry.host.lifecycle.Leases;
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

/** Makes surfaces that share what belongs to every plugin. */
final class SurfaceFactory {

    private final Gateway gateway;
    private final AccessControl access;
    private final ErrorAnswers errors;
    private final long bodyLimit;

    /** Weakly held: a surface goes with its generation. */
    private final Set<PluginSurface> made = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** One for all: a pool of an app's own would keep threads with the plugin's class loader for a minute. */
    private final ExecutorService async = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("async-", 0).factory());

    private final LimitSettings limits;
    private final RequestRate rate;

    SurfaceFactory(Gateway gateway, AccessControl access, ErrorAnswers errors, long bodyLimit, LimitSettings limits) {
        this.limits = limits;
        this.rate = RequestRate.of(limits.clients());
        this.gateway = gateway;
        this.access = access;
        this.errors = errors;
        this.bodyLimit = bodyLimit;
    }

    HttpServer.Surface ofPlugin(String plugin, Guard guard, Leases leases, URL resources) {
        Bulkhead bulkhead = new Bulkhead(
                plugin,
                limits.requestsPerPlugin(),
                limits.patience(),
                limits.clients().requestTime());
        return create(plugin, "/api/" + plugin, guard, leases, bulkhead, resources);
    }

    HttpServer.Surface ofHost(String contextPath, Guard guard, URL resources) {
        return create("host", contextPath, guard, new Leases(), Bulkhead.unbounded(), resources);
    }

    /** Of two generations the one that serves. */
    Optional<PluginSurface> opened(String plugin) {
        return opened().filter(surface -> surface.isOf(plugin)).findFirst();
    }

    List<String> documented() {
        return opened().filter(PluginSurface::isDocumented)
                .map(PluginSurface::plugin)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<PluginSurface> opened() {
        return all().stream().filter(PluginSurface::isOpen);
    }

    private List<PluginSurface> all() {
        synchronized (made) {
            return List.copyOf(made);
        }
    }

    private HttpServer.Surface create(
            String plugin, String contextPath, Guard guard, Leases leases, Bulkhead bulkhead, URL resources) {
        RouteTable table = new RouteTable();
        AsyncExecutor tasks = new AsyncExecutor(new PermittedTasks(async, bulkhead));
        SurfaceApp app = new SurfaceApp(plugin, table, guard, access, errors, tasks, bulkhead, rate, bodyLimit);
        PluginSurface surface = new PluginSurface(plugin, contextPath, table, app, gateway, leases, resources);
        made.add(surface);
        return surface;
    }

    /** A server that waits for requests in flight would wait for ever: streams never end by themselves. */
    void drain() {
        all().forEach(PluginSurface::drain);
    }
}
