package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that polls during a restart must not conclude that plugins are gone. */
class StartingHostTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String RELEASE = "belfry.test.start";

    /** Its start blocks until it is released. */
    public static final class SlowPlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws InterruptedException {
            while (!Boolean.getBoolean(RELEASE)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            context.routes(routes -> routes.get("/", Access.PUBLIC, (request, caller) -> request.result("slow")));
            context.pages("/slow", pages -> {
                pages.files("web", Access.PUBLIC);
                pages.page("/", Access.PUBLIC, "index.html");
            });
        }
    }

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void unknownPathsAre503UntilPluginsHaveStarted() throws Exception {
        System.clearProperty(RELEASE);
        PluginJar.of(SlowPlugin.class, "slow", "1.0.0")
                .file("web/index.html", "slow page")
                .writeTo(RunningHost.dropFolder(folder).resolve("slow.jar"));
        CompletableFuture<RunningHost> starting = CompletableFuture.supplyAsync(() -> RunningHost.start(
                folder, "backend: { listen: { port: " + port + " } }", "belfry: { startTimeout: PT20S }"));
        try {
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> get("/readyz").body().contains("'slow' is STARTING"));
            for (String path : new String[] {"/api/slow/", "/api/unknown/", "/slow/", "/unknown"}) {
                HttpResponse<String> answer = get(path);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(get("/console.css").statusCode()).isEqualTo(200);
        } finally {
            System.setProperty(RELEASE, "true");
        }
        try (RunningHost host = starting.get(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(host.get("/api/slow/").body()).isEqualTo("slow");
            assertThat(host.get("/slow/").body()).isEqualTo("slow page");
            assertThat(host.get("/api/unknown/").statusCode()).isEqualTo(404);
            assertThat(host.get("/unknown").statusCode()).isEqualTo(404);
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
    }
}
