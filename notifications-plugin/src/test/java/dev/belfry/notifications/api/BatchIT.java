package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Setting.class)
class BatchIT extends ApiSuite {

    BatchIT(Setting setting) {
        assertThat(setting).isNotNull();
    }

    private static Answer send(String query, String body) {
        return post("/batch" + query, body);
    }

    private static Answer post(String path, String body) {
        return sender().send("POST", path, BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));
    }

    private static String to(User reader, String title) {
        return """
                {"origin": "tests", "title": "%s", "targetUsers": ["%s"]}""".formatted(title, reader.ref());
    }

    private static List<String> ids(JsonNode answer) {
        return StreamSupport.stream(answer.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void aBatchOfAThousandKeepsItsOrder() {
        User reader = user();
        String body =
                IntStream.range(0, 1000).mapToObj(i -> to(reader, "n" + i)).collect(Collectors.joining(",", "[", "]"));

        List<String> ids = ids(send("", body).ok().json());

        assertThat(ids).hasSize(1000).isSorted();
        assertThat(reader.api().count("read=false")).isEqualTo(1000);
        assertThat(reader.api().ids("orderByDirec=asc&pageSize=1000")).isEqualTo(ids);
        assertThat(reader.api().get("orderByDirec=asc&pageSize=3").all("title")).containsExactly("n0", "n1", "n2");
    }

    @Test
    void oneInvalidElementFailsTheBatch() {
        User reader = user();

        send("", "[" + to(reader, "a") + ", {\"origin\": \"tests\"}]").badInput("[1]", "title");
        send("?partial=false", "[" + to(reader, "a") + ", null]").badInput("[1]", "null");
        send("", "[" + to(reader, "a").replace(reader.ref(), "default/nobody") + "]")
                .badInput("[0]", "user:default/nobody");

        assertThat(reader.api().count("")).isZero();
    }

    @Test
    void aPartialBatchSendsAllValidElements() {
        User reader = user();

        JsonNode answer = send(
                        "?partial=true",
                        "[" + to(reader, "a") + ", 5, {\"origin\": \"tests\", \"title\": 7}, " + to(reader, "") + ", "
                                + to(reader, "b") + "]")
                .ok()
                .json();

        assertThat(answer).hasSize(5);
        assertThat(reader.api().ids("orderByDirec=asc"))
                .containsExactly(answer.get(0).asText(), answer.get(4).asText());
        for (int refused : new int[] {1, 2, 3}) {
            assertThat(answer.get(refused).at("/error/name").asText()).isEqualTo("InputError");
            assertThat(answer.get(refused).at("/error/message").asText()).isNotBlank();
        }
        assertThat(answer.get(2).at("/error/message").asText()).contains("title");
    }

    /** A number is not a string, and no other type is converted to one. */
    @Test
    void theFieldsOfAnElementMustHaveTheirTypes() {
        User reader = user();
        for (String title : List.of("1e999999999", "7", "true", "[\"a\"]", "{}")) {
            send("", "[" + to(reader, "x").replace("\"x\"", title) + "]").badInput("[0]", "title");
        }
        send("", "[" + "[".repeat(300) + "]".repeat(300) + "]").badInput();
        send("", "[{}] []").badInput("array");

        assertThat(reader.api().count("")).isZero();
    }

    /** Also in a field that is ignored. */
    @Test
    void jsonHasAtMost100Levels() {
        User reader = user();

        post("", nested(reader, 100)).ok();
        post("", nested(reader, 101)).badInput("JSON");
        send("", "[" + nested(reader, 99) + "]").ok();
        send("", "[" + nested(reader, 100) + "]").badInput("JSON");
        send("?partial=true", "[" + nested(reader, 100) + "]").badInput("JSON");

        assertThat(reader.api().count("")).isEqualTo(2);
    }

    private static String nested(User reader, int levels) {
        String arrays = "[".repeat(levels - 1) + "]".repeat(levels - 1);
        return to(reader, "x").replace("{", "{\"ignored\": " + arrays + ", ");
    }

    @Test
    void textsMayContainJson() {
        User reader = user();
        String title = "a ] } , [ { \\\" \\\\ \uD83D\uDD14";

        send("", " [ " + to(reader, title) + " ,\n" + to(reader, "b") + " ] ").ok();

        assertThat(reader.api().get("orderByDirec=asc").all("title"))
                .containsExactly("a ] } , [ { \" \\ \uD83D\uDD14", "b");
    }

    @Test
    void anEmptyBatchSendsNothing() {
        assertThat(send("", "[]").ok().body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "5", "", "[", "null", "[{}"})
    void theBodyMustBeAnArray(String body) {
        send("", body).badInput();
    }

    @Test
    void aBatchHasAMaximumSize() {
        send("", "[" + "{},".repeat(1000) + "{}]").badInput("at most 1000");
        send("?partial=yes", "[]").badInput("partial", "yes");
        send("?patial=true", "[]").badInput("patial", "partial");
    }
}
