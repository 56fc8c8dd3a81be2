package dev.belfry.notifications.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belfry.testkit.TestClient;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A client of the API. Every response is checked against the OpenAPI document. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestClient client;
    private final OpenApiCheck document;

    Api(TestClient client, OpenApiCheck document) {
        this.client = client;
        this.document = document;
    }

    Answer send(String method, String pathAndQuery, BodyPublisher body, Map<String, String> headers) {
        HttpResponse<String> answer = client.send(method, Setting.BASE + pathAndQuery, body, headers);
        document.check(method, Setting.BASE + pathAndQuery, answer);
        return new Answer(answer);
    }

    Answer post(String json) {
        return send("POST", "", BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
    }

    /** A message with origin and title, and the fields that {@code more} adds. */
    Answer create(Consumer<ObjectNode> more) {
        ObjectNode body = JSON.createObjectNode().put("origin", "tests").put("title", "a title");
        more.accept(body);
        return post(body.toString());
    }

    Answer createFor(String... users) {
        return create(body -> {
            for (String user : users) {
                body.withArray("targetUsers").add(user);
            }
        });
    }

    Answer get(String query) {
        return send("GET", query.isEmpty() ? "" : "?" + query, BodyPublishers.noBody(), Map.of());
    }

    Answer one(String id) {
        return send("GET", "/" + id, BodyPublishers.noBody(), Map.of());
    }

    List<String> ids(String query) {
        return get(query).ids();
    }

    int count(String query) {
        return send("GET", "/count" + (query.isEmpty() ? "" : "?" + query), BodyPublishers.noBody(), Map.of())
                .count();
    }

    Answer mark(String id, boolean read) {
        return markRaw("messageId=" + id + "&read=" + read);
    }

    Answer markRaw(String query) {
        return send("PUT", "/read?" + query, BodyPublishers.noBody(), Map.of());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
