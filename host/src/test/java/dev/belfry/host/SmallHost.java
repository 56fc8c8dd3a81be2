package dev.belfry.host;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.leak.LeakSearch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

/** An application that ships no optional library. Prints what each part of the host does without its library. */
public final class SmallHost {

    private SmallHost() {}

    private static final class Bells implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get("/version", Access.PUBLIC, (request, caller) -> {
                try (var connection = context.database().dataSource().getConnection()) {
                    request.result(connection.getMetaData().getDatabaseProductName());
                }
            }));
        }
    }

    private static BelfryBuilder builder(Path folder) {
        return Belfry.builder()
                .environment(Map.of())
                .classPath(new ClassLoader("none", null) {})
                .config("backend.listen", Map.of("host", "127.0.0.1", "port", 0))
                .config("belfry.dataDirectory", folder.resolve("data"))
                .config("permission.enabled", true)
                .config("log.levels.root", "warn")
                .config("dynamicPlugins.rootDirectory", folder);
    }

    private static String get(HttpClient http, Belfry belfry, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(belfry.address() + path)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** @param arguments a folder */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (HttpClient http = HttpClient.newHttpClient();
                Belfry belfry = builder(folder).plugin("bells", new Bells()).start()) {
            System.out.println("database " + get(http, belfry, "/api/bells/version"));
            System.out.println("docs " + get(http, belfry, "/api/host/docs"));
            System.out.println("leak " + LeakSearch.referrersOf(new ClassLoader("bells#1", null) {}));
        }
        Map<String, Map<String, Object>> refused = Map.of(
                "backend.database",
                Map.of("client", "pg", "connection", "postgres://ada@127.0.0.1/main"),
                "permission.rbac",
                Map.of("policies-csv-file", folder.resolve("policy.csv").toString()));
        for (Map.Entry<String, Map<String, Object>> section : refused.entrySet()) {
            try {
                builder(folder)
                        .config(section.getKey(), section.getValue())
                        .start()
                        .close();
                System.out.println("refused nothing of " + section);
            } catch (ConfigurationException e) {
                System.out.println("refused " + e.getMessage());
            }
        }
    }
}
