package dev.belfry.host.signin;

import dev.belfry.api.access.Access;
import dev.belfry.api.web.Routes;
import dev.belfry.host.html.Html;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The page {@code /sign-in}: a button for each provider, without a script. */
public final class SignInPage {

    static final String PATH = "/sign-in";

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final List<SignInProvider> providers;
    private final String base;

    /** @param base the path below which browsers see the host; empty = the root */
    SignInPage(List<SignInProvider> providers, String base) {
        this.base = base;
        this.providers = providers;
    }

    public void declare(Routes routes) {
        routes.get(PATH, Access.PUBLIC, (context, caller) -> show(context)).query(ReturnPath.PARAMETER);
        routes.get(
                PATH + ".css",
                Access.PUBLIC,
                (context, caller) -> context.contentType("text/css; charset=utf-8")
                        .header("Cache-Control", "max-age=3600")
                        .result(Html.resource(SignInPage.class, "sign-in.css")));
    }

    private void show(Context context) {
        ReturnPath back = ReturnPath.parse(context.queryParam(ReturnPath.PARAMETER));
        Texts texts = Texts.of(context);
        write(context, texts, "<h1>" + texts.html("title") + "</h1>" + buttons(back, texts));
    }

    /** A sign-in that has failed, and the way to the next attempt. */
    void showFailure(Context context, SignInFailure failure, ReturnPath back) {
        Texts texts = Texts.of(context);
        context.status(failure.status());
        write(
                context,
                texts,
                "<h1>" + texts.html("failed") + "</h1><p role=\"alert\">" + texts.html(failure.key()) + "</p>"
                        + buttons(back, texts));
    }

    private String buttons(ReturnPath back, Texts texts) {
        return providers.isEmpty()
                ? "<p>" + texts.html("none") + "</p>"
                : providers.stream()
                        .map(provider -> button(provider, back, texts))
                        .collect(Collectors.joining());
    }

    private String button(SignInProvider provider, ReturnPath back, Texts texts) {
        String address = Html.text(provider.start(base) + "?" + ReturnPath.PARAMETER + "="
                + URLEncoder.encode(back.path(), StandardCharsets.UTF_8));
        String label = Html.text(texts.with(provider.buttonText(), provider.title()));
        return provider.startsByPost()
                ? "<form method=\"post\" action=\"" + address + "\"><button>" + label + "</button></form>"
                : "<a class=\"button\" href=\"" + address + "\">" + label + "</a>";
    }

    private void write(Context context, Texts texts, String body) {
        context.contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                // With no-referrer, browsers would send the form with the origin null.
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept-Language")
                .header("Content-Language", texts.language())
                .result(Html.resource(SignInPage.class, "sign-in.html")
                        .replace("${base}", base)
                        .replace("${language}", texts.language())
                        .replace("${title}", texts.html("title"))
                        .replace("${body}", body));
    }
}
