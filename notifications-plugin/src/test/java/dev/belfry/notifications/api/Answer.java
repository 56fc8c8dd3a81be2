package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

/** A response of the API, with assertions. */
record Answer(HttpResponse<String> http) {

    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return http.statusCode();
    }

    String body() {
        return http.body();
    }

    JsonNode json() {
        try {
            return JSON.readTree(body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body(), e);
        }
    }

    String header(String name) {
        return http.headers().firstValue(name).orElse("");
    }

    Answer ok() {
        assertThat(status()).as(body()).isEqualTo(200);
        return this;
    }

    /** Asserts an error response whose message names the violated rule. */
    Answer refused(int status, String name, String... parts) {
        assertThat(status()).as(body()).isEqualTo(status);
        JsonNode json = json();
        assertThat(json.at("/error/name").asText()).isEqualTo(name);
        assertThat(json.at("/error/message").asText())
                .isNotBlank()
                .satisfies(message -> assertThat(List.of(parts)).allMatch(message::contains));
        assertThat(json.at("/request/method").asText()).isEqualTo(http.request().method());
        assertThat(json.at("/request/url").asText()).startsWith("/api/notifications");
        assertThat(json.at("/response/statusCode").asInt()).isEqualTo(status);
        assertThat(header("X-Request-Id")).isNotBlank();
        return this;
    }

    Answer badInput(String... parts) {
        return refused(400, "InputError", parts);
    }

    String messageId() {
        return ok().json().at("/messageId").asText();
    }

    int count() {
        JsonNode count = ok().json().get("count");
        assertThat(count.isInt()).as("a number").isTrue();
        return count.asInt();
    }

    List<String> all(String field) {
        return StreamSupport.stream(ok().json().spliterator(), false)
                .map(item -> item.get(field).isNull() ? "null" : item.get(field).asText())
                .toList();
    }

    List<String> ids() {
        return all("id");
    }

    JsonNode only() {
        assertThat(ok().json()).as(body()).hasSize(1);
        return json().get(0);
    }
}
