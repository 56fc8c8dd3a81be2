package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks responses against the OpenAPI document that the plugin serves. */
final class OpenApiCheck {

    private static final String LOCATION = "https://belfry.test/openapi.json";
    private static final String PREFIX = "/api/notifications";

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Map<String, Schema> loaded = new ConcurrentHashMap<>();

    /** @param json the document, as it is served */
    OpenApiCheck(String json) {
        try {
            document = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        schemas =
                SchemaRegistry.withDialect(Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(LOCATION, json)));
    }

    JsonNode document() {
        return document;
    }

    void check(String method, String pathAndQuery, HttpResponse<String> answer) {
        String path = template(pathAndQuery.replaceFirst("\\?.*", "").substring(PREFIX.length()));
        JsonNode operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            // The host answers requests that are not operations of the document.
            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(200);
            return;
        }
        String pointer = "/paths/" + path.replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT) + "/responses/"
                + answer.statusCode();
        JsonNode response = document.at(pointer);
        assertThat(response.isMissingNode())
                .as("status %s of %s %s is in the document: %s", answer.statusCode(), method, path, answer.body())
                .isFalse();
        if (response.has("$ref")) {
            pointer = response.get("$ref").asText().substring(1);
            response = document.at(pointer);
        }
        checkBody(pointer, response, answer);
    }

    /** The path as the document has it. */
    private String template(String path) {
        return document.path("paths").has(path) ? path : path.replaceFirst("[^/]+$", "{id}");
    }

    private void checkBody(String pointer, JsonNode response, HttpResponse<String> answer) {
        JsonNode content = response.path("content").path("application/json");
        if (content.isMissingNode()) {
            assertThat(answer.body())
                    .as("the document has no body for " + pointer)
                    .isEmpty();
            return;
        }
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        Schema schema = loaded.computeIfAbsent(
                pointer + "/content/application~1json/schema",
                at -> schemas.getSchema(SchemaLocation.of(LOCATION + "#" + at)));
        assertThat(schema.validate(answer.body(), InputFormat.JSON))
                .as(answer.body())
                .isEmpty();
    }
}
