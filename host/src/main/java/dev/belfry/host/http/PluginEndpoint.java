package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.Permission;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.names.HostNames;
import jakarta.servlet.http.HttpServlet;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The HTTP endpoint of one generation: collects routes and pages, builds the apps, is mounted, is unmounted. */
final class PluginEndpoint implements HttpServer.Endpoint {

    private final String plugin;
    private final String contextPath;
    private final RouteTable table = new RouteTable();
    private final Function<RouteTable, PluginApp> apps;
    private final PluginApp app;
    private final Gateway gateway;
    private final PathClaims claims;
    private final DeclaredPermissions permissions;
    private final InFlightRequests inFlight;
    private final URL resources;
    private final BasePath base;
    private final List<PageMount> pages = new ArrayList<>();
    private final List<Mounts.Mount> pageMounts = new ArrayList<>();
    private volatile boolean open;
    private volatile Runnable withdrawal = () -> {};
    private @Nullable HttpServlet servlet;

    /** @param apps creates an app for the routes of a path */
    PluginEndpoint(
            String plugin,
            String contextPath,
            Function<RouteTable, PluginApp> apps,
            Gateway gateway,
            PathClaims claims,
            DeclaredPermissions permissions,
            InFlightRequests inFlight,
            URL resources,
            BasePath base) {
        this.base = base;
        this.plugin = plugin;
        this.contextPath = contextPath;
        this.apps = apps;
        this.app = apps.apply(table);
        this.gateway = gateway;
        this.claims = claims;
        this.permissions = permissions;
        this.inFlight = inFlight;
        this.resources = resources;
    }

    @Override
    public Routes routes() {
        return table;
    }

    @Override
    public HttpServer.Mount mount(String path) {
        if (servlet != null) {
            throw new IllegalStateException("pages can only be declared while the plugin starts");
        }
        PageMount mount = new PageMount(path, claims.claim(path, plugin, inFlight));
        pages.add(mount);
        return mount;
    }

    @Override
    public void accept(HeaderCredentials credentials) {
        table.accept(credentials);
    }

    @Override
    public void complete() {
        table.openApi().ifPresent(resource -> {
            OpenApiDocument document = OpenApiDocument.read(resources, resource, base);
            table.get(
                    "/openapi.yaml",
                    Access.PUBLIC,
                    (context, caller) -> context.contentType("application/yaml").result(document.yaml()));
            table.get(
                    "/openapi.json",
                    Access.PUBLIC,
                    (context, caller) -> context.contentType("application/json").result(document.json()));
        });
        table.complete();
        servlet = app.build();
        for (PageMount mount : pages) {
            RouteTable routes = RouteTable.ofPages(mount.complete(resources), table.credentials());
            pageMounts.add(mounted(mount.path(), apps.apply(routes).build()));
        }
    }

    private Mounts.Mount mounted(String path, HttpServlet target) {
        return new Mounts.Mount(plugin, path, target, inFlight);
    }

    @Override
    public void open() {
        if (servlet == null) {
            throw new IllegalStateException("complete() must be called before open()");
        }
        open = true;
        // Before the first request: the built-in policy has to know them.
        withdrawal = permissions.declare(plugin, permissions(), grantedByDefault(), table.withheldByDefault());
        if (contextPath.isEmpty()) {
            for (PluginRoute route : table.routes()) {
                HostNames.requirePath(route.path());
                claims.reserve(route.path());
            }
            gateway.mountRoot(mounted(contextPath, servlet));
        } else {
            gateway.mount(mounted(contextPath, servlet), pageMounts);
        }
    }

    @Override
    public Set<Permission> grantedByDefault() {
        return table.grantedByDefault();
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> all = table.permissions();
        pages.forEach(mount -> all.addAll(mount.permissions()));
        return all;
    }

    @Override
    public void close() {
        open = false;
        gateway.unmount(plugin, inFlight);
        withdrawal.run();
        pages.forEach(PageMount::release);
        drain();
    }

    boolean isOpen() {
        return open;
    }

    String plugin() {
        return plugin;
    }

    /** Whether this is the endpoint below {@code /api/<plugin>}. */
    boolean isOf(String other) {
        return contextPath.equals("/api/" + other);
    }

    /** The plugin's JAR or folder of classes. */
    URL resources() {
        return resources;
    }

    boolean isDocumented() {
        return table.openApi().isPresent();
    }

    List<HttpServer.DeclaredRoute> declared() {
        return table.routes().stream()
                .map(route -> new HttpServer.DeclaredRoute(
                        route.method().name(), route.path(), AccessText.of(route.access())))
                .toList();
    }

    List<HttpServer.DeclaredMount> declaredMounts() {
        return pages.stream().map(PageMount::declared).toList();
    }

    void drain() {
        app.drain();
    }
}
