package dev.belfry.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sends requests to a {@link TestHost} as a certain caller.
 *
 * @since 0.1
 */
public final class TestClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int TEMPORARY_REDIRECT = 307;

    private final TestHost host;
    private final Optional<String> token;

    TestClient(TestHost host, Optional<String> token) {
        this.host = host;
        this.token = token;
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    public HttpResponse<String> post(String path) {
        return send("POST", path, BodyPublishers.noBody(), Map.of());
    }

    /** Sends a POST with a JSON body. */
    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
    }

    public HttpResponse<String> put(String path) {
        return send("PUT", path, BodyPublishers.noBody(), Map.of());
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    /**
     * Gets a page and everything that it loads, as a browser does.
     *
     * @param path path and query, encoded; a redirect is followed
     * @throws AssertionError when the response is no HTML page with status 200 and a content security policy, when the page has inline
     *     code or style that the policy forbids, or when a script, style or image of the host cannot be loaded
     * @since 0.2
     */
    public TestPage page(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() == TEMPORARY_REDIRECT) {
            return page(response.headers().firstValue("Location").orElseThrow());
        }
        String type = response.headers().firstValue("Content-Type").orElse("none");
        if (response.statusCode() != OK || !type.startsWith("text/html")) {
            throw new AssertionError("the response to " + path + " is no page: status " + response.statusCode()
                    + ", content type " + type + ", " + response.body());
        }
        TestPage page = new TestPage(host.uri(path), response);
        if (page.policy().isEmpty()) {
            throw new AssertionError("the page " + path + " has no content security policy");
        }
        page.requireNothingInline();
        page.resources().forEach(this::requireLoads);
        return page;
    }

    private void requireLoads(String path) {
        int status = get(path).statusCode();
        if (status != OK) {
            throw new AssertionError("the page loads " + path + ", which has status " + status);
        }
    }

    /**
     * Opens a stream of server-sent events.
     *
     * @param path path and query, encoded
     * @throws AssertionError when the host refuses the stream, with its status
     * @since 0.2
     */
    public TestEventStream events(String path) {
        return open(path, Map.of());
    }

    /**
     * Opens a stream again.
     *
     * @param lastEventId the id of the last event that was received before
     * @throws AssertionError when the host refuses the stream, with its status
     * @since 0.2
     */
    public TestEventStream events(String path, String lastEventId) {
        return open(path, Map.of("Last-Event-ID", lastEventId));
    }

    private TestEventStream open(String path, Map<String, String> headers) {
        HttpRequest.Builder request = request(path, headers).header("Accept", "text/event-stream");
        HttpResponse<InputStream> response = send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError("the stream " + path + " was refused with status " + response.statusCode());
        }
        return new TestEventStream(response.body());
    }

    /**
     * Sends any request.
     *
     * @param path path and query, encoded
     * @throws UncheckedIOException when there is no response
     */
    public HttpResponse<String> send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        return send(request(path, headers).method(method, body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(host.uri(path)).timeout(LIMIT);
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        headers.forEach(request::header);
        return request;
    }

    private static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException("no response from " + request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
        }
    }
}
