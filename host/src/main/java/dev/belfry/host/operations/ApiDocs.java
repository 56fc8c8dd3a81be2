package dev.belfry.host.operations;

import dev.belfry.api.access.Access;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.Routes;
import dev.belfry.host.assets.Asset;
import dev.belfry.host.assets.AssetResponse;
import dev.belfry.host.assets.CompressionMemory;
import dev.belfry.host.html.Html;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.library.OptionalLibrary;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Swagger UI at {@code /api/host/docs}, with the OpenAPI documents of every plugin and of the host. */
public final class ApiDocs {

    /** Swagger UI needs inline styles; scripts only come from its own files. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
    private static final String VERSION_FILE = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private static final Set<String> FILES =
            Set.of("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "favicon-32x32.png");

    private final HttpServer http;
    private final String base;

    /** Of Swagger UI; empty without the library. */
    private final Optional<String> folder;

    private final CompressionMemory memory = new CompressionMemory(Long.MAX_VALUE);
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    /** @param base the path below which browsers see the host; empty = the root */
    public ApiDocs(HttpServer http, String base) {
        this.base = base;
        this.http = http;
        this.folder = OptionalLibrary.SWAGGER_UI.isPresent() ? Optional.of(WEBJAR + version() + "/") : Optional.empty();
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = file(VERSION_FILE)) {
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("the webjar of Swagger UI cannot be read", e);
        }
    }

    private static InputStream file(String path) throws IOException {
        InputStream in = ApiDocs.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IOException(path + " is not on the class path");
        }
        return in;
    }

    public void declare(Routes routes) {
        routes.get("/docs", Access.PUBLIC, (context, caller) -> page(context));
        routes.get(
                "/docs/start.js",
                Access.PUBLIC,
                (context, caller) -> context.contentType("text/javascript; charset=utf-8")
                        .header("Cache-Control", "no-store")
                        .result(Html.resource(ApiDocs.class, "docs.js").replace("${documents}", documents())));
        routes.get("/docs/{file}", Access.PUBLIC, (context, caller) -> asset(context));
    }

    private String requireFolder() {
        return folder.orElseThrow(() -> ApiError.notFound("this page " + OptionalLibrary.SWAGGER_UI.need()
                + ". The documents themselves are at " + base + "/api/<id>/openapi.json"));
    }

    private void page(Context context) {
        requireFolder();
        context.contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                .result(Html.resource(ApiDocs.class, "docs.html").replace("${base}", base));
    }

    private void asset(Context context) throws IOException {
        String files = requireFolder();
        String name = context.pathParam("file");
        if (!FILES.contains(name)) {
            throw ApiError.notFound("nothing is served at " + context.path());
        }
        Asset asset = assets.get(name);
        if (asset == null) {
            // Two concurrent requests may both do this; the results are equal.
            asset = Asset.read(name, () -> file(files + name), Map.of(), memory);
            assets.put(name, asset);
        }
        AssetResponse answer = asset.answer(context.header("Accept-Encoding"), context.header("If-None-Match"));
        answer.headers().forEach(context::header);
        context.status(answer.status()).header("Cache-Control", "max-age=86400").disableCompression();
        if (answer.body().isPresent() && context.method() != HandlerType.HEAD) {
            context.result(answer.body().get().open());
        }
    }

    /** Ids contain only letters, digits and '-', so nothing needs escaping. */
    private String documents() {
        List<String> ids = http.documented();
        return ids.stream()
                .map(id -> "{\"name\":\"" + id + "\",\"url\":\"" + base + "/api/" + id + "/openapi.json\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
