package dev.belfry.host;

import dev.belfry.api.web.Routes;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.operations.ApiDocs;
import dev.belfry.host.operations.CatalogRoutes;
import dev.belfry.host.operations.OperatorRoutes;
import dev.belfry.host.operations.PluginRoutes;
import dev.belfry.host.operations.UserRoutes;
import dev.belfry.host.signin.SignIn;
import java.net.URL;
import java.util.function.Consumer;

/** The host's own routes. */
record HostRoutes(
        OperatorRoutes operator,
        PluginRoutes plugins,
        UserRoutes users,
        ApiDocs docs,
        SignIn signIn,
        CatalogRoutes catalog) {

    /** @param resources the host's own files: its JAR, or its folder of classes */
    void openOn(HttpServer http, URL resources) {
        PluginBoundary boundary = new PluginBoundary("host", HostRoutes.class.getClassLoader(), new InFlightRequests());
        open(http.rootEndpoint(boundary, resources), routes -> {
            operator.declare(routes);
            signIn.page().declare(routes);
        });
        open(http.hostEndpoint("host", boundary, resources), routes -> {
            plugins.declare(routes);
            users.declare(routes);
            docs.declare(routes);
        });
        open(http.hostEndpoint("auth", boundary, resources), signIn.routes()::declare);
        open(http.hostEndpoint("catalog", boundary, resources), catalog::declare);
    }

    private static void open(HttpServer.Endpoint endpoint, Consumer<Routes> declaration) {
        declaration.accept(endpoint.routes());
        endpoint.complete();
        endpoint.open();
    }
}
