package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.api.web.Routes;
import dev.belfry.host.lifecycle.InFlightRequests;
import jakarta.servlet.http.HttpServlet;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP endpoint of one generation: collects routes, builds the app, is mounted, is unmounted. */
final class PluginEndpoint implements HttpServer.Endpoint {

    private final String plugin;
    private final String contextPath;
    private final RouteTable table;
    private final PluginApp app;
    private final Gateway gateway;
    private final InFlightRequests inFlight;
    private final URL resources;
    private volatile boolean open;
    private @Nullable HttpServlet servlet;

    PluginEndpoint(
            String plugin,
            String contextPath,
            RouteTable table,
            PluginApp app,
            Gateway gateway,
            InFlightRequests inFlight,
            URL resources) {
        this.plugin = plugin;
        this.contextPath = contextPath;
        this.table = table;
        this.app = app;
        this.gateway = gateway;
        this.inFlight = inFlight;
        this.resources = resources;
    }

    @Override
    public Routes routes() {
        return table;
    }

    @Override
    public void accept(SharedSecret secret) {
        table.accept(secret);
    }

    @Override
    public void complete() {
        table.openApi().ifPresent(resource -> {
            OpenApiDocument document = OpenApiDocument.read(resources, resource);
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
    }

    @Override
    public void open() {
        if (servlet == null) {
            throw new IllegalStateException("complete() must be called before open()");
        }
        open = true;
        gateway.mount(plugin, contextPath, servlet, inFlight);
    }

    @Override
    public void close() {
        open = false;
        gateway.unmount(plugin, inFlight);
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

    boolean isDocumented() {
        return table.openApi().isPresent();
    }

    List<HttpServer.DeclaredRoute> declared() {
        return table.routes().stream()
                .map(route ->
                        new HttpServer.DeclaredRoute(route.method().name(), route.path(), readable(route.access())))
                .toList();
    }

    private static String readable(Access access) {
        return access instanceof Permission permission
                ? permission.name() + " (" + permission.action().policyName() + ")"
                : access.toString();
    }

    void drain() {
        app.drain();
    }
}
