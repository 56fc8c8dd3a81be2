package dev.belfry.host.outgoing;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Sends requests to the URL in the body of a request. */
public final class FetchingPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.routes(routes -> {
            routes.post("/get", Access.PUBLIC, (request, caller) -> {
                try {
                    HttpResponse<String> response = context.httpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(request.body()))
                                            .header("Authorization", "Bearer secret")
                                            .build(),
                                    BodyHandlers.ofString());
                    request.result(response.statusCode() + " " + response.body());
                } catch (IOException e) {
                    request.result(String.valueOf(e.getMessage()));
                }
            });
            routes.post("/post", Access.PUBLIC, (request, caller) -> {
                HttpRequest post = HttpRequest.newBuilder(URI.create(request.body()))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x".repeat(1_000_000)))
                        .build();
                try (InputStream body = context.httpClient()
                        .send(post, BodyHandlers.ofInputStream())
                        .body()) {
                    request.result(Integer.toString(body.readAllBytes().length));
                }
            });
            routes.post(
                    "/async",
                    Access.PUBLIC,
                    (request, caller) -> request.result(context.httpClient()
                            .sendAsync(
                                    HttpRequest.newBuilder(URI.create(request.body()))
                                            .build(),
                                    BodyHandlers.ofString())
                            .thenApply(HttpResponse::body)
                            .join()));
            routes.post("/begin", Access.PUBLIC, (request, caller) -> {
                context.httpClient()
                        .sendAsync(
                                HttpRequest.newBuilder(URI.create(request.body()))
                                        .build(),
                                BodyHandlers.discarding());
                request.result("begun");
            });
            routes.post("/impatient", Access.PUBLIC, (request, caller) -> {
                try {
                    context.httpClient()
                            .sendAsync(
                                    HttpRequest.newBuilder(URI.create(request.body()))
                                            .timeout(Duration.ofMillis(200))
                                            .build(),
                                    BodyHandlers.discarding())
                            .join();
                } catch (CompletionException e) {
                    request.result(e.getCause() instanceof HttpTimeoutException ? "timed out" : "failed");
                }
            });
        });
    }
}
