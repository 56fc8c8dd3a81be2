package dev.belfry.plugins.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.testkit.TestClient;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An identity provider. */
final class ScimClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/api/catalog-scim/v2";

    private final TestClient client;

    ScimClient(TestHost host) {
        this.client = host.asService("idp");
    }

    /** @param path below the endpoint, such as {@code /Users} */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("Content-Type", "application/scim+json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return client.send(
                method, BASE + path, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body), all);
    }

    /** Sends a request that succeeds. */
    JsonNode ok(String method, String path, String body) {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return json(response);
    }

    /** Returns the id. */
    String createUser(String userName) {
        return ok("POST", "/Users", """
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}""".formatted(userName)).get("id").textValue();
    }

    /** Returns the id. */
    String createGroup(String name, String... members) {
        String list = String.join(
                ", ",
                java.util.Arrays.stream(members)
                        .map("{\"value\": \"%s\"}"::formatted)
                        .toList());
        return ok("POST", "/Groups", """
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "%s",
                         "members": [%s]}""".formatted(name, list)).get("id").textValue();
    }

    JsonNode patch(String path, String operations) {
        return ok("PATCH", path, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": %s}""".formatted(operations));
    }

    JsonNode find(String folder, String filter) {
        return ok("GET", "/" + folder + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), "");
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
