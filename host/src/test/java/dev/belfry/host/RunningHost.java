package dev.belfry.host;

import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A host for tests of this module: dynamic plugins from a folder, SQLite, a guest. */
public final class RunningHost implements AutoCloseable {

    public static final String CONFIG = """
            backend: { listen: { host: 127.0.0.1, port: 0 } }
            belfry: { dataDirectory: data, accessLog: false, drainTimeout: PT5S, startTimeout: PT5S }
            auth: { providers: { guest: {} } }
            permission: { enabled: false }
            catalog: { locations: [ { target: catalog.yaml } ] }
            dynamicPlugins: { rootDirectory: plugins }
            """;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Belfry belfry;

    private RunningHost(Belfry belfry) {
        this.belfry = belfry;
    }

    /** Where a test puts its JARs before the start. */
    public static Path dropFolder(Path folder) {
        try {
            return Files.createDirectories(folder.resolve("plugins"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RunningHost start(Path folder, String... moreConfig) {
        return start(folder, new NoStaticPlugins(), moreConfig);
    }

    public static RunningHost start(Path folder, ClassLoader classPath, String... moreConfig) {
        try {
            Path base = Files.writeString(folder.resolve("base.yaml"), CONFIG);
            Path more = Files.writeString(folder.resolve("more.yaml"), String.join("\n", moreConfig));
            Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
            dropFolder(folder);
            return new RunningHost(Belfry.start(Config.load(List.of(base, more), Map.of(), folder), classPath));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tests' own class path contains no static plugin. */
    private static final class NoStaticPlugins extends ClassLoader {
        NoStaticPlugins() {
            super("none", null);
        }
    }

    public URI uri(String path) {
        return URI.create(belfry.address() + path);
    }

    public int port() {
        return uri("/").getPort();
    }

    public PluginStatus plugin(String id) {
        return belfry.plugins().stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    public List<PluginStatus> plugins() {
        return belfry.plugins();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public HttpResponse<String> postJson(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        belfry.close();
    }
}
