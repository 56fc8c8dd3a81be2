package dev.belfry.host.tracing;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.queue.RetryPolicy;
import dev.belfry.api.web.ApiError;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Does in one request everything that has a span. */
public final class TracedPlugin implements Plugin {

    /** What another plugin can call. */
    public interface Chime {
        String strike(int times) throws SQLException;
    }

    /** Calls the first one. */
    public static final class Caller implements Plugin {
        @Override
        public void start(PluginContext context) {
            Chime chime = context.require(Chime.class);
            context.routes(routes ->
                    routes.get("/strike", Access.PUBLIC, (request, caller) -> request.result(chime.strike(3))));
        }
    }

    /** Where tests find a plugin's class loader: in the JDK, so that the test classes do not reference it. */
    static String loaderKey(String id) {
        return "belfry.test.traced." + id;
    }

    @Override
    public void start(PluginContext context) {
        System.getProperties()
                .put(loaderKey(context.id()), new WeakReference<>(getClass().getClassLoader()));
        HttpClient http = context.httpClient();
        context.provide(Chime.class, times -> {
            run(context, "select 'struck' from sqlite_schema");
            return "ding ".repeat(times);
        });
        DurableQueue<String> queue = context.queue("rings", String.class, RetryPolicy.DEFAULT, payload -> {
            run(context, "select 'handled' as payload");
            context.logger().info("rang {}", payload);
        });
        context.scheduler().every("beat", Duration.ofMillis(50), () -> run(context, "select 'beaten'"));
        context.routes(routes -> {
            routes.get("/all/{name}", Access.PUBLIC, (request, caller) -> {
                context.logger().info("asked for all");
                run(context, "select 'secret', 42 from sqlite_master");
                queue.put("a payload");
                URI other = URI.create(String.valueOf(request.queryParam("uri")));
                request.result(http.send(HttpRequest.newBuilder(other).build(), BodyHandlers.ofString())
                        .body());
            });
            routes.get("/query", Access.PUBLIC, (request, caller) -> run(context, request.queryParam("sql")));
            routes.get("/quiet", Access.PUBLIC, (request, caller) -> request.result("quiet"));
            routes.get(
                    "/async",
                    Access.PUBLIC,
                    (request, caller) -> request.async(() -> {
                        run(context, "select 'async' from sqlite_temp_master");
                        request.result("later");
                    }));
            routes.get("/call-async", Access.PUBLIC, (request, caller) -> {
                URI other = URI.create(String.valueOf(request.queryParam("uri")));
                request.result(http.sendAsync(HttpRequest.newBuilder(other).build(), BodyHandlers.ofString())
                        .join()
                        .body());
            });
            routes.get("/missing", Access.PUBLIC, (request, caller) -> {
                throw ApiError.notFound("no such bell");
            });
            routes.get("/broken", Access.PUBLIC, (request, caller) -> run(context, "select nothing from nowhere"));
            routes.events("/stream", Access.PUBLIC, stream -> {});
        });
    }

    private static void run(PluginContext context, String sql) throws SQLException {
        try (Connection connection = context.database().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }
}
