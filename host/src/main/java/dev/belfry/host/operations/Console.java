package dev.belfry.host.operations;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.web.Routes;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.health.Health;
import dev.belfry.host.html.Html;
import dev.belfry.host.leak.Leak;
import dev.belfry.host.leak.Leaks;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The operators' page at {@code /}. It works without its script, which keeps it up to date. Without the permission to see
 * plugins, it only shows whether the host is ready.
 */
public final class Console {

    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final String HOST = "host";

    private final PluginDetails details;
    private final Health health;
    private final Leaks leaks;
    private final LiveConfig config;
    private final Permissions permissions;
    private final Clock clock;
    private final Instant started;
    private final Frame frame;

    /**
     * What is the same in each response.
     *
     * @param base the path below which browsers see the host; empty = the root
     * @param hasSignIn whether browsers can sign in
     * @param isSignedIn whether the request has the cookie of a session
     */
    public record Frame(String version, String base, boolean hasSignIn, Predicate<Context> isSignedIn) {}

    public Console(
            PluginDetails details,
            Health health,
            Leaks leaks,
            LiveConfig config,
            Permissions permissions,
            Clock clock,
            Frame frame) {
        this.details = details;
        this.health = health;
        this.leaks = leaks;
        this.config = config;
        this.permissions = permissions;
        this.clock = clock;
        this.frame = frame;
        this.started = clock.instant();
    }

    void declare(Routes routes) {
        routes.get("/", Access.PUBLIC, this::show);
        file(routes, "console.css", "text/css");
        file(routes, "console.js", "text/javascript");
    }

    private static void file(Routes routes, String name, String type) {
        routes.get(
                "/" + name,
                Access.PUBLIC,
                (context, caller) -> context.contentType(type + "; charset=utf-8")
                        .header("Cache-Control", "no-cache")
                        .result(Html.resource(Console.class, name)));
    }

    private void show(Context context, Caller caller) {
        List<String> obstacles = health.obstacles();
        boolean mayRead = permissions.allows(caller, HOST, HostPermissions.READ_PLUGINS);
        context.contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                // With no-referrer, browsers would send the forms with the origin null.
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "no-store")
                .result(Html.resource(Console.class, "console.html")
                        .replace("${base}", frame.base())
                        .replace("${readiness}", obstacles.isEmpty() ? "ready" : "not ready")
                        .replace("${class}", obstacles.isEmpty() ? "running" : "failed")
                        .replace("${caller}", who(context, caller))
                        .replace("${body}", mayRead ? body(caller, obstacles) : closed(caller)));
    }

    private String who(Context context, Caller caller) {
        String name = caller instanceof Caller.Anonymous ? "" : "<span>" + Html.text(caller.subject()) + "</span> ";
        if (!frame.hasSignIn()) {
            return name;
        }
        return frame.isSignedIn().test(context)
                ? name + "<form method=\"post\" action=\"" + frame.base()
                        + "/api/auth/sign-out\"><button id=\"sign-out\">Sign out</button></form>"
                : name + "<a href=\"" + frame.base() + "/sign-in?returnTo=%2F\">Sign in</a>";
    }

    private String closed(Caller caller) {
        return "<p id=\"closed\" data-part>The permission <code>host.plugins.read</code> is required to see more. "
                + Html.text(permissions
                        .remedy(caller, HOST, HostPermissions.READ_PLUGINS)
                        .orElse(""))
                + "</p>";
    }

    private String body(Caller caller, List<String> obstacles) {
        Instant now = clock.instant();
        return "<p id=\"about\" data-part>Version " + Html.text(frame.version()) + ", up "
                + Age.of(Duration.between(started, now)) + "</p>"
                + section("obstacles", "Why the host is not ready", obstacles)
                + section(
                        "problems",
                        "The changed configuration is wrong, and the previous one is in use",
                        config.problems())
                + "<h2>Plugins</h2>" + plugins(caller, now)
                + leaks(now)
                + warnings()
                + links();
    }

    private static String section(String id, String title, List<String> items) {
        return "<section id=\"" + id + "\" data-part>"
                + (items.isEmpty() ? "" : "<div class=\"problem\"><h2>" + title + "</h2>" + Html.list(items) + "</div>")
                + "</section>";
    }

    private String plugins(Caller caller, Instant now) {
        boolean mayUpdate = permissions.allows(caller, HOST, HostPermissions.UPDATE_PLUGINS);
        String cards = details.all().stream()
                .map(PluginSummary::id)
                .distinct()
                .flatMap(id -> details.of(id).stream())
                .map(plugin -> new PluginCard(plugin, frame.base(), now, mayUpdate).html())
                .collect(Collectors.joining());
        return cards.isEmpty()
                ? "<p id=\"none\" data-part>There is no plugin. Copy JARs into the folder <code>dynamic-plugins</code>.</p>"
                : "<div class=\"plugins\">" + cards + "</div>";
    }

    private String leaks(Instant now) {
        List<Leak> found = leaks.found();
        String items = found.stream()
                .map(leak -> "<li>" + Html.text(leak.generation()) + ", stopped " + Age.html(leak.noticed(), now)
                        + ", is held by: <pre>" + Html.text(leak.holder()) + "</pre>")
                .collect(Collectors.joining());
        return "<section id=\"leaks\" data-part>"
                + (items.isEmpty() ? "" : "<h2>Stopped plugins that cannot be unloaded</h2><ul>" + items + "</ul>")
                + "</section>";
    }

    private String warnings() {
        List<String> warnings = config.current().notices().warnings();
        return "<section id=\"warnings\" data-part>"
                + (warnings.isEmpty()
                        ? ""
                        : "<details id=\"all-warnings\"><summary>Warnings about the configuration: " + warnings.size()
                                + "</summary>" + Html.list(warnings) + "</details>")
                + "</section>";
    }

    private String links() {
        return """
                <nav aria-label="More of the host">
                <a href="${base}/readyz">Readiness</a>
                <a href="${base}/livez">Liveness</a>
                <a href="${base}/metrics">Metrics</a>
                <a href="${base}/api/host/plugins">Plugins as JSON</a>
                <a href="${base}/api/host/docs">API documents</a>
                </nav>
                """.replace("${base}", frame.base());
    }
}
