package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.Permission;
import dev.belfry.api.web.EventHandler;
import dev.belfry.api.web.Route;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.api.web.Routes;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The declarations of a plugin for its endpoint: routes, documents, credentials. */
final class RouteTable implements Routes {

    private final List<PluginRoute> routes = new ArrayList<>();

    private final List<Runnable> onDrain = new ArrayList<>();
    private Optional<String> openApi = Optional.empty();
    private Optional<HeaderCredentials> credentials = Optional.empty();
    private final Set<Permission> checked = new LinkedHashSet<>();
    private final Set<Permission> grantedByDefault = new LinkedHashSet<>();
    private final Set<Permission> withheldByDefault = new LinkedHashSet<>();
    private boolean complete;

    @Override
    public Route get(String path, Access access, RouteHandler handler) {
        return add(HandlerType.GET, path, access, new PluginRoute.Target.Handler(handler));
    }

    @Override
    public Route post(String path, Access access, RouteHandler handler) {
        return add(HandlerType.POST, path, access, new PluginRoute.Target.Handler(handler));
    }

    @Override
    public Route put(String path, Access access, RouteHandler handler) {
        return add(HandlerType.PUT, path, access, new PluginRoute.Target.Handler(handler));
    }

    @Override
    public Route patch(String path, Access access, RouteHandler handler) {
        return add(HandlerType.PATCH, path, access, new PluginRoute.Target.Handler(handler));
    }

    @Override
    public Route delete(String path, Access access, RouteHandler handler) {
        return add(HandlerType.DELETE, path, access, new PluginRoute.Target.Handler(handler));
    }

    @Override
    public Route events(String path, Access access, EventHandler handler) {
        return add(HandlerType.GET, path, access, new PluginRoute.Target.Events(handler));
    }

    private Route add(HandlerType method, String path, Access access, PluginRoute.Target target) {
        requireOpen();
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path '" + path + "' must begin with '/'");
        }
        if (Optional.ofNullable(access).isEmpty()) {
            throw new IllegalArgumentException("the route " + method + " " + path + " does not say who may use it");
        }
        PluginRoute route = new PluginRoute(method, path, access, target);
        routes.stream().filter(route::isSameAs).findFirst().ifPresent(first -> {
            throw new IllegalArgumentException("the route " + route.name() + " is declared twice"
                    + (first.path().equals(path) ? "" : ": " + first.name() + " serves the same requests"));
        });
        routes.add(route);
        return route;
    }

    @Override
    public void checks(Permission... permissions) {
        requireOpen();
        checked.addAll(List.of(permissions));
    }

    @Override
    public void grantByDefault(Permission... permissions) {
        checks(permissions);
        grantedByDefault.addAll(List.of(permissions));
    }

    @Override
    public void withholdByDefault(Permission... permissions) {
        checks(permissions);
        withheldByDefault.addAll(List.of(permissions));
    }

    @Override
    public void onDrain(Runnable action) {
        requireOpen();
        onDrain.add(action);
    }

    @Override
    public void openApi(String resource) {
        requireOpen();
        openApi = Optional.of(resource);
    }

    void accept(HeaderCredentials own) {
        requireOpen();
        if (credentials.isPresent()) {
            throw new IllegalStateException("the plugin has already declared credentials of its own, in the header '"
                    + credentials.get().header() + "'");
        }
        credentials = Optional.of(own);
    }

    private void requireOpen() {
        if (complete) {
            throw new IllegalStateException("routes and credentials can only be declared while the plugin starts");
        }
    }

    /** The routes of a mount: its pages, with the credentials of the plugin. */
    static RouteTable ofPages(PageTable pages, Optional<HeaderCredentials> credentials) {
        RouteTable table = new RouteTable();
        table.routes.add(PluginRoute.ofPages(new PageResponses(pages)));
        table.credentials = credentials;
        table.complete();
        return table;
    }

    /** From now on, nothing more can be declared. */
    void complete() {
        requireOpen();
        complete = true;
        routes.forEach(PluginRoute::complete);
    }

    List<PluginRoute> routes() {
        return routes;
    }

    /** The permissions of the routes, and the permissions that handlers check themselves. */
    Set<Permission> permissions() {
        Set<Permission> all = new LinkedHashSet<>(checked);
        routes.stream()
                .map(PluginRoute::access)
                .filter(Permission.class::isInstance)
                .map(Permission.class::cast)
                .forEach(all::add);
        return all;
    }

    Set<Permission> grantedByDefault() {
        return grantedByDefault;
    }

    Set<Permission> withheldByDefault() {
        return withheldByDefault;
    }

    List<Runnable> onDrain() {
        return onDrain;
    }

    Optional<String> openApi() {
        return openApi;
    }

    Optional<HeaderCredentials> credentials() {
        return credentials;
    }
}
