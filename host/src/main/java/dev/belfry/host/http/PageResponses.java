package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.assets.AssetResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Responds with the pages and files of one mount. */
final class PageResponses {

    private static final String TARGET = PageResponses.class.getName() + ".target";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int OK = 200;

    private final PageTable table;

    PageResponses(PageTable table) {
        this.table = table;
    }

    /** @throws ApiError 404 when nothing has this path */
    PageTarget target(Context context) {
        PageTarget found = context.attribute(TARGET);
        if (found == null) {
            String path = context.req().getRequestURI();
            found = table.find(path.substring(table.mount().length()))
                    .orElseThrow(() -> ApiError.notFound("nothing is served at " + path));
            context.attribute(TARGET, found);
        }
        return found;
    }

    void answer(Context context) throws IOException {
        switch (target(context)) {
            case PageTarget.Redirect redirect -> redirect(context, redirect);
            case PageTarget.Document document -> show(context, document);
        }
    }

    /** Not a permanent one: another plugin may have the path later. */
    private static void redirect(Context context, PageTarget.Redirect redirect) {
        String query = context.req().getQueryString();
        context.status(TEMPORARY_REDIRECT)
                .header("Cache-Control", "no-cache")
                .header("Location", query == null ? redirect.location() : redirect.location() + "?" + query);
    }

    private static void show(Context context, PageTarget.Document document) throws IOException {
        boolean exists = document.status() == OK;
        AssetResponse answer = document.asset()
                .answer(context.header("Accept-Encoding"), exists ? context.header("If-None-Match") : null);
        HttpServletResponse response = context.res();
        answer.headers().forEach((name, value) -> {
            if (name.equals("Vary")) {
                // CORS may have one of its own.
                response.addHeader(name, value);
            } else {
                response.setHeader(name, value);
            }
        });
        context.status(exists ? answer.status() : document.status()).header("Cache-Control", document.caching());
        protect(response, document);
        context.disableCompression();
        if (answer.body().isPresent() && context.method() != HandlerType.HEAD) {
            context.result(answer.body().get().open());
        }
    }

    private static void protect(HttpServletResponse response, PageTarget.Document document) {
        response.setHeader("Content-Security-Policy", document.policy());
        // With no-referrer, browsers would send a form of the page with the origin null.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", document.anyOrigin() ? "cross-origin" : "same-origin");
        if (document.anyOrigin() && !response.containsHeader(ALLOW_ORIGIN)) {
            response.setHeader(ALLOW_ORIGIN, "*");
        }
    }
}
