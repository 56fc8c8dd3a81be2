package dev.belfry.host.operations;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.api.web.Routes;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.leak.Leaks;
import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.PluginMdc;
import dev.belfry.host.settings.PortSettings;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's API for plugins, below {@code /api/host/plugins}. */
public final class PluginRoutes {

    private static final String OPENAPI = "dev/belfry/host/operations/openapi.yaml";
    private static final Logger LOG = LoggerFactory.getLogger(PluginRoutes.class);

    private final PluginDetails details;
    private final Lifecycle lifecycle;
    private final PortSettings ports;
    private final Leaks leaks;
    private final LiveConfig config;
    private final String base;

    /** @param base the path below which browsers see the host; empty = the root */
    public PluginRoutes(
            PluginDetails details,
            Lifecycle lifecycle,
            PortSettings ports,
            Leaks leaks,
            LiveConfig config,
            String base) {
        this.base = base;
        this.config = config;
        this.leaks = leaks;
        this.details = details;
        this.lifecycle = lifecycle;
        this.ports = ports;
    }

    public void declare(Routes routes) {
        routes.openApi(OPENAPI);
        routes.get("/plugins", HostPermissions.READ_PLUGINS, (context, caller) -> context.json(details.all()));
        routes.get("/leaks", HostPermissions.READ_PLUGINS, (context, caller) -> context.json(leaks.found()));
        routes.get("/plugins/{id}", HostPermissions.READ_PLUGINS, (context, caller) -> show(context));
        routes.post(
                "/plugins/{id}/restart",
                HostPermissions.UPDATE_PLUGINS,
                operation("restarts", withNewConfig(lifecycle::restart)));
        routes.post("/plugins/{id}/disable", HostPermissions.UPDATE_PLUGINS, operation("disables", this::disable));
        routes.post(
                "/plugins/{id}/enable",
                HostPermissions.UPDATE_PLUGINS,
                operation("enables", withNewConfig(lifecycle::enable)));
    }

    private RouteHandler operation(String what, Predicate<String> operation) {
        return (context, caller) -> {
            refuseOtherSites(context);
            String id = context.pathParam("id");
            try (PluginMdc _ = PluginMdc.about(id)) {
                LOG.info("{} {} the plugin '{}'", subject(caller), what, id);
            }
            if (!operation.test(id)) {
                throw unknown(id);
            }
            if (isFormOfPage(context)) {
                context.redirect(base + "/", HttpStatus.SEE_OTHER);
            } else {
                show(context);
            }
        };
    }

    /** A browser without scripts that sends a form of the console. */
    private static boolean isFormOfPage(Context context) {
        String accept = context.header("Accept");
        return accept != null && accept.startsWith("text/html");
    }

    private Predicate<String> withNewConfig(Predicate<String> start) {
        return id -> {
            try {
                config.readAgain();
            } catch (ConfigurationException e) {
                throw ApiError.conflict("the configuration is wrong, and nothing was changed: " + e.getMessage());
            }
            return start.test(id);
        };
    }

    /** Without a port of the host, nobody might be able to enable the plugin again. */
    private boolean disable(String id) {
        List<String> supplied = ports.hostPortsOf(id);
        if (!supplied.isEmpty()) {
            throw ApiError.conflict(
                    "the plugin '" + id + "' supplies "
                            + supplied.stream().map(port -> "ports." + port).collect(Collectors.joining(" and "))
                            + ", which every request needs; take it out of 'ports' in the configuration and restart the host first");
        }
        return lifecycle.disable(id);
    }

    private static String subject(Caller caller) {
        return caller.subject();
    }

    private void show(Context context) {
        String id = context.pathParam("id");
        context.json(details.of(id).orElseThrow(() -> unknown(id)));
    }

    private static ApiError unknown(String id) {
        return ApiError.notFound("there is no plugin '" + id + "'");
    }

    /** CSRF protection: another site could make a guest's browser send a form here. */
    private static void refuseOtherSites(Context context) {
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw ApiError.notAllowed("a page of another site may not send this request");
        }
    }
}
