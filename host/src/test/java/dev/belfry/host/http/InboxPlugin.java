package dev.belfry.host.http;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;
import dev.belfry.host.PluginJar;

/** Pages with every kind of access, files, and a script for other origins. */
public final class InboxPlugin implements Plugin {

    static final String OWN_POLICY = "default-src 'self'; img-src https: data:";

    private static final Permission ADMIN = new Permission("inbox.admin", Permission.Action.READ);

    @Override
    public void start(PluginContext context) {
        context.pages("/inbox", pages -> {
            pages.files("web", Access.PUBLIC);
            pages.page("/", Access.PUBLIC, "index.html");
            pages.page("/{id}", Access.PUBLIC, "message.html").contentSecurityPolicy(OWN_POLICY);
            pages.page("/mine", Access.AUTHENTICATED, "mine.html");
            pages.page("/admin/users", ADMIN, "admin.html");
            pages.notFound("missing.html");
        });
        context.pages("/widget", pages -> pages.files("widget", Access.PUBLIC).anyOrigin());
        context.pages("/classes", pages -> pages.files("dev", Access.PUBLIC));
        context.pages("/closed/files", pages -> {
            pages.files("closed", Access.AUTHENTICATED);
            pages.contentSecurityPolicy("default-src 'none'");
        });
        context.routes(routes -> routes.get("/version", Access.PUBLIC, (request, caller) -> request.result("1")));
    }

    static PluginJar jar(String version) {
        return PluginJar.of(InboxPlugin.class, "inbox", version)
                .file("web/index.html", "<!doctype html><title>Inbox " + version + "</title>")
                .file("web/message.html", "<title>Message</title>")
                .file("web/mine.html", "<title>Mine</title>")
                .file("web/admin.html", "<title>Admin</title>")
                .file("web/missing.html", "<title>Missing</title>")
                .file("web/app.js", "const text = 'grüße';")
                .file("web/app-3f9c2a1b.js", "// hashed")
                .file("web/long.js", "// a long line that repeats itself\n".repeat(1000))
                .file("web/packed.js", "// the original\n".repeat(500))
                .file("web/packed.js.br", "not really brotli")
                .file("web/packed.js.gz", "not really gzip, and longer than the other")
                .file("web/icons/bell icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
                .file("web/.hidden.js", "hidden")
                .file("dev/readme.txt", "classes of the plugin")
                .file("web/META-INF/secret.txt", "secret")
                .file("outside.txt", "outside")
                .file("widget/bell.js", "export const bell = 1;")
                .file("closed/data-0123456789abcdef.json", "{}");
    }
}
