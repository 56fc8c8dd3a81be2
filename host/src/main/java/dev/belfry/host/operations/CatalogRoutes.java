package dev.belfry.host.operations;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.Routes;
import dev.belfry.host.directory.EntityDirectory;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks up users and groups, below {@code /api/catalog}: for forms that complete names. */
public final class CatalogRoutes {

    private static final Set<String> KINDS = Set.of(EntityRef.USER, EntityRef.GROUP);
    private static final int MAX_QUERY = 255;
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d?|100");
    private static final String OPENAPI = "dev/belfry/host/operations/catalog-openapi.yaml";
    private static final String DEFAULT_LIMIT = "20";

    private final EntityDirectory directory;

    public CatalogRoutes(EntityDirectory directory) {
        this.directory = directory;
    }

    public void declare(Routes routes) {
        routes.openApi(OPENAPI);
        routes.get("/entities", HostPermissions.READ_ENTITIES, (context, caller) -> entities(context))
                .query("kind", "query", "limit");
    }

    private record Item(String ref, String displayName) {}

    private void entities(Context context) {
        String kind = kind(context.queryParam("kind"));
        String query = query(context.queryParam("query"));
        int limit = limit(context.queryParam("limit"));
        context.json(Map.of(
                "items",
                directory.search(kind, query, limit).stream()
                        .map(entity -> new Item(entity.ref().toString(), entity.displayName()))
                        .toList()));
    }

    private static String kind(@Nullable String given) {
        if (given == null || !KINDS.contains(given)) {
            throw ApiError.input("the query parameter 'kind' must be user or group"
                    + (given == null ? ", and is missing" : ", and is '" + given + "'"));
        }
        return given;
    }

    private static String query(@Nullable String given) {
        String query = given == null ? "" : given.strip();
        if (query.length() > MAX_QUERY) {
            throw ApiError.input("the query parameter 'query' must have at most " + MAX_QUERY + " characters, and has "
                    + query.length());
        }
        return query;
    }

    private static int limit(@Nullable String given) {
        String text = given == null ? DEFAULT_LIMIT : given;
        if (!LIMIT.matcher(text).matches()) {
            throw ApiError.input("the query parameter 'limit' must be a number from 1 to 100, and is '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
