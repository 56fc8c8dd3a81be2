package dev.belfry.host.operations;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.web.Routes;
import dev.belfry.host.health.Health;
import dev.belfry.host.html.Html;
import dev.belfry.host.http.HttpServer;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The status page at {@code /}, in plain HTML. Without the permission to see plugins, it only shows whether the host is
 * ready.
 */
public final class StatusPage {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String STYLE = "/status.css";
    private static final String HOST = "host";

    private final PluginDetails details;
    private final Health health;
    private final Permissions permissions;
    private final String version;
    private final Clock clock;
    private final String base;
    private final Instant started;

    public StatusPage(
            PluginDetails details, Health health, Permissions permissions, String version, Clock clock, String base) {
        this.base = base;
        this.details = details;
        this.health = health;
        this.permissions = permissions;
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
    }

    void declare(Routes routes) {
        routes.get("/", Access.PUBLIC, this::show);
        routes.get(
                STYLE,
                Access.PUBLIC,
                (context, caller) -> context.contentType("text/css; charset=utf-8")
                        .header("Cache-Control", "max-age=3600")
                        .result(Html.resource(StatusPage.class, "status.css")));
    }

    private void show(Context context, Caller caller) {
        List<String> obstacles = health.obstacles();
        boolean mayRead = permissions.allows(caller, HOST, HostPermissions.READ_PLUGINS);
        context.contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                .header("Cache-Control", "no-store")
                .result(Html.resource(StatusPage.class, "status.html")
                        .replace("${base}", base)
                        .replace("${readiness}", obstacles.isEmpty() ? "ready" : "not ready")
                        .replace("${class}", obstacles.isEmpty() ? "running" : "failed")
                        .replace("${body}", mayRead ? details(obstacles) : closed(caller)));
    }

    private String closed(Caller caller) {
        return "<p>The permission <code>host.plugins.read</code> is required to see more. "
                + Html.text(permissions
                        .remedy(caller, HOST, HostPermissions.READ_PLUGINS)
                        .orElse(""))
                + "</p>";
    }

    private String details(List<String> obstacles) {
        return about()
                + Html.list(obstacles)
                + "<table><thead><tr><th>Plugin<th>Version<th>State<th>Since<th>From<th>Pages<th>Reason</tr></thead><tbody>"
                + details.all().stream().map(this::row).collect(Collectors.joining())
                + "</tbody></table>"
                + links();
    }

    private String about() {
        return "<p>Version " + Html.text(version) + ", up "
                + Html.text(readable(Duration.between(started, clock.instant()))) + ".</p>";
    }

    private static String readable(Duration time) {
        return (time.toDays() > 0 ? time.toDays() + " d " : "")
                + "%02d:%02d:%02d".formatted(time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    }

    private String row(PluginSummary plugin) {
        String state = plugin.state().toLowerCase(java.util.Locale.ROOT);
        return "<tr><td><a href=\"" + base + "/api/host/plugins/" + Html.text(plugin.id()) + "\">"
                + Html.text(plugin.id())
                + "</a><td>" + Html.text(plugin.version())
                + "<td class=\"" + Html.text(state) + "\">" + Html.text(state)
                + "<td>" + Html.text(plugin.since().toString())
                + "<td>" + Html.text(plugin.file() == null ? plugin.origin() : plugin.file())
                + "<td>" + pages(plugin)
                + "<td>" + Html.text(plugin.reason() == null ? "" : plugin.reason()) + "</tr>";
    }

    private String pages(PluginSummary plugin) {
        return plugin.generation() == null
                ? ""
                : details.mountsOf(plugin.id()).stream().map(this::link).collect(Collectors.joining(" "));
    }

    /** A mount may have only files. */
    private String link(HttpServer.DeclaredMount mount) {
        String path = Html.text(mount.path());
        boolean hasPage = mount.pages().stream().anyMatch(page -> page.path().equals(mount.path() + "/"));
        return hasPage ? "<a href=\"" + base + path + "/\">" + path + "</a>" : path;
    }

    private String links() {
        return """
                <nav>
                <a href="${base}/readyz">Readiness</a>
                <a href="${base}/livez">Liveness</a>
                <a href="${base}/metrics">Metrics</a>
                <a href="${base}/api/host/plugins">Plugins as JSON</a>
                <a href="${base}/api/host/docs">API documents</a>
                </nav>
                """.replace("${base}", base);
    }
}
