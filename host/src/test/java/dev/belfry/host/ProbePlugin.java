package dev.belfry.host;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.ServerSentEvent;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does, on request, everything that a plugin's route can do. */
public final class ProbePlugin implements Plugin {

    private static final Permission SECRET = new Permission("probe.secret", Permission.Action.READ);

    /** The request body. */
    public record Note(@Nullable String text, @Nullable List<Integer> numbers) {}

    @Override
    public void start(PluginContext context) {
        context.routes(routes -> {
            routes.get("/text", Access.PUBLIC, (request, caller) -> request.result("text"));
            routes.get("/caller", Access.AUTHENTICATED, (request, caller) -> request.result(caller.subject()));
            routes.get("/secret", SECRET, (request, caller) -> request.result("secret"));
            routes.get("/long", Access.PUBLIC, (request, caller) -> request.result("x".repeat(10_000)));
            routes.get("/filtered", Access.PUBLIC, (request, caller) -> request.json(request.queryParamMap()))
                    .query("messageScope")
                    .query("read");
            routes.post("/filtered", Access.PUBLIC, (request, caller) -> request.json(request.queryParamMap()));
            routes.put("/filtered", Access.PUBLIC, (request, caller) -> request.json(request.queryParamMap()))
                    .query();
            routes.post("/notes", Access.PUBLIC, (request, caller) -> request.json(request.bodyAsClass(Note.class)));
            routes.get("/async", Access.PUBLIC, (request, caller) -> later(request));
            routes.get(
                    "/at-once",
                    Access.PUBLIC,
                    (request, caller) -> request.future(
                            () -> CompletableFuture.completedFuture("now").thenAccept(request::result)));
            routes.get("/breaks-off", Access.PUBLIC, (request, caller) -> {
                request.outputStream().write("x".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                request.outputStream().flush();
                throw new IllegalStateException("in the middle");
            });
            routes.get("/slow", Access.PUBLIC, (request, caller) -> {
                Files.createFile(Path.of(String.valueOf(request.queryParam("inside"))));
                Thread.sleep(1000);
                request.result("slow");
            });
            routes.get("/fails", Access.PUBLIC, (request, caller) -> {
                throw new IllegalStateException("select password from accounts");
            });
            routes.get("/overflows", Access.PUBLIC, (request, caller) -> request.result(String.valueOf(endless(1))));
            routes.get("/away", Access.PUBLIC, (request, caller) -> {
                throw ApiError.unavailable("come back", Duration.ofSeconds(7));
            });
            routes.get("/database-away", Access.PUBLIC, (request, caller) -> {
                throw new IllegalStateException(new java.sql.SQLTransientConnectionException("no connection"));
            });
            routes.get("/store-full", Access.PUBLIC, (request, caller) -> {
                throw new DatabaseUnavailable("no space on /dev/sda1", DatabaseUnavailable.Reason.DISK_FULL, null);
            });
            routes.get("/loader", Access.PUBLIC, (request, caller) -> request.json(loader()));
            routes.events(
                    "/events",
                    Access.PUBLIC,
                    stream -> stream.send(ServerSentEvent.of("1").withName("tick")));
        });
    }

    private static void later(Context request) {
        request.future(() -> CompletableFuture.supplyAsync(
                        () -> "later", CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                .thenAccept(request::result));
    }

    @SuppressWarnings("InfiniteRecursion") // to test how it is handled
    private static int endless(int depth) {
        return endless(depth + 1) + depth;
    }

    private static Map<String, Boolean> loader() {
        ClassLoader own = ProbePlugin.class.getClassLoader();
        return Map.of(
                "host", canLoad(own, "dev.belfry.host.Belfry"),
                "flyway", canLoad(own, "org.flywaydb.core.Flyway"),
                "pf4j", canLoad(own, "org.pf4j.PluginManager"),
                "databind", canLoad(own, "com.fasterxml.jackson.databind.ObjectMapper"),
                "jooq", canLoad(own, "org.jooq.DSLContext"),
                "api", canLoad(own, "dev.belfry.api.Plugin"),
                "hostResources", own.getResource("dev/belfry/host/version.properties") != null,
                "contextLoaderIsOwn", Thread.currentThread().getContextClassLoader() == own);
    }

    private static boolean canLoad(ClassLoader loader, String name) {
        try {
            loader.loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
