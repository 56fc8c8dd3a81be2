package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Setting.class)
class CreateIT extends ApiSuite {

    /** Two UTF-16 characters, one code point, four bytes. */
    private static final String BELL = "\uD83D\uDD14";

    private final Setting setting;

    CreateIT(Setting setting) {
        this.setting = setting;
    }

    @Test
    void theResponseHasTheIdInBothFields() {
        JsonNode answer = sender().createFor(user().ref()).ok().json();

        assertThat(UUID.fromString(answer.get("messageId").asText()).version()).isEqualTo(7);
        assertThat(answer.get("msgid")).isEqualTo(answer.get("messageId"));
        assertThat(setting).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"t\"}",
                "{\"origin\":null,\"title\":\"t\"}",
                "{\"origin\":\"\",\"title\":\"t\"}",
                "{\"origin\":7,\"title\":\"t\"}",
                "{\"origin\":[\"o\"],\"title\":\"t\"}"
            })
    void originIsRequiredAndAText(String body) {
        sender().post(body).badInput("origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"origin\":\"o\"}", "{\"origin\":\"o\",\"title\":null}", "{\"origin\":\"o\",\"title\":\"\"}"})
    void titleIsRequired(String body) {
        sender().post(body).badInput("title");
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin", "title", "topic"})
    void lengthsCountCodePoints(String field) {
        sender().create(body -> body.put(field, BELL.repeat(255))).ok();
        sender().create(body -> body.put(field, BELL.repeat(256))).badInput(field, "255");
    }

    @Test
    void aMessageHasUpTo128KiBOfUtf8() {
        User reader = user();
        String longest = BELL.repeat(32 * 1024);

        sender().create(body ->
                        body.put("message", longest).putArray("targetUsers").add(reader.ref()))
                .ok();
        sender().create(body -> body.put("message", longest + "x")).badInput("message");

        assertThat(reader.api().get("").only().get("message").asText()).isEqualTo(longest);
    }

    @Test
    void absentFieldsAreNullAndEmptyOnesStayEmpty() {
        User reader = user();
        sender().create(body -> {
            body.putNull("message").putNull("topic").putNull("actions").putNull("targetGroups");
            body.putArray("targetUsers").add(reader.ref());
        });
        sender().create(body -> {
            body.put("message", "").put("topic", "").put("title", "  spaced  ");
            body.putArray("targetUsers").add(reader.ref());
        });

        JsonNode list = reader.api().get("orderByDirec=asc").json();
        assertThat(list.get(0).get("message").isNull()).isTrue();
        assertThat(list.get(0).get("topic").isNull()).isTrue();
        assertThat(list.get(0).get("actions")).isEmpty();
        assertThat(list.get(1).get("message").asText("null")).isEmpty();
        assertThat(list.get(1).get("topic").asText("null")).isEmpty();
        assertThat(list.get(1).get("title").asText()).isEqualTo("  spaced  ");
    }

    @Test
    void unknownFieldsAreIgnored() {
        sender().create(body -> body.put("colour", "brass").putObject("deep").put("x", 1))
                .ok();
    }

    @Test
    void actionsKeepTheirOrder() {
        User reader = user();
        sender().create(body -> {
            body.putArray("targetUsers").add(reader.ref());
            IntStream.range(0, 100)
                    .forEach(i -> body.withArray("actions")
                            .addObject()
                            .put("title", "action " + i)
                            .put("url", "https://x.example/" + i));
        });

        JsonNode actions = reader.api().get("").only().get("actions");
        assertThat(actions).hasSize(100);
        assertThat(actions.get(99).get("title").asText()).isEqualTo("action 99");
        assertThat(actions.get(7).get("url").asText()).isEqualTo("https://x.example/7");
        assertThat(actions.findValuesAsText("id")).doesNotHaveDuplicates().hasSize(100);
    }

    @Test
    void thereAreAtMost100Actions() {
        sender().create(body -> IntStream.range(0, 101)
                        .forEach(i -> body.withArray("actions")
                                .addObject()
                                .put("title", "t")
                                .put("url", "/x")))
                .badInput("actions", "100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"title\":\"t\"}",
                "{\"url\":\"/x\"}",
                "{\"title\":\"\",\"url\":\"/x\"}",
                "{\"title\":\"t\",\"url\":\"\"}",
                "{\"title\":1,\"url\":\"/x\"}",
                "null",
                "\"/x\""
            })
    void anActionHasATitleAndAUrl(String action) {
        sender().post("{\"origin\":\"o\",\"title\":\"t\",\"actions\":[" + action + "]}")
                .badInput("actions[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalog/x",
                "/x",
                "?tab=1",
                "#x",
                "http://a.example",
                "https://a.example/b?c#d",
                "HTTPS://a.example",
                "mailto:a@b.example",
                "tel:+431234"
            })
    void anActionLeadsToAPlaceThatIsSafeToShow(String url) {
        sender().create(body ->
                        body.putArray("actions").addObject().put("title", "t").put("url", url))
                .ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "ftp://a.example",
                "\\\\evil.example", "/\\evil.example", "java\tscript:alert(1)", "https://a.example/\u0001", "vbscript:x"
            })
    void anActionDoesNotLeadAnywhereElse(String url) {
        sender().create(body ->
                        body.putArray("actions").addObject().put("title", "t").put("url", url))
                .badInput("url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default/%s", "user:default/%s", "User:Default/%s"})
    void aUserReferenceHasSeveralForms(String form) {
        User reader = user();
        sender().createFor(form.formatted(reader.name().toUpperCase(java.util.Locale.ROOT)))
                .ok();

        assertThat(reader.api().count("")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bob",
                "a/b/c",
                "/x",
                "x/",
                "user:",
                "group:default/team-0",
                "default/ u1",
                "default/u1\u0000"
            })
    void aTargetOfAnotherFormIsRefused(String target) {
        sender().createFor(target).badInput("targetUsers");
    }

    @Test
    void anErrorMessageNamesTheValueAndTheRule() {
        sender().createFor("bob").badInput("'bob'", "namespace/name");
    }

    @Test
    void anErrorNamesAnUnknownTargetAndNothingIsStored() {
        User reader = user();
        sender().create(body -> {
                    body.putArray("targetUsers")
                            .add(reader.ref())
                            .add("default/nobody")
                            .add("other/u1");
                    body.putArray("targetGroups").add("default/no-team");
                })
                .badInput("default/nobody", "other/u1", "default/no-team");

        assertThat(reader.api().count("")).isZero();
    }

    @Test
    void aRepeatedTargetCountsOnce() {
        User reader = user();
        sender().createFor(reader.ref(), reader.ref(), "user:" + reader.ref()).ok();

        assertThat(reader.api().ids("")).hasSize(1);
        assertThat(reader.api().count("")).isEqualTo(1);
    }

    @Test
    void thereAreAtMost1000Targets() {
        sender().create(body -> IntStream.range(0, 1001)
                        .forEach(i -> body.withArray("targetUsers").add("default/u1")))
                .badInput("targetUsers", "1000");
    }

    @Test
    void aGroupReachesItsMembers() {
        Pair pair = pair();
        sender().create(body -> body.putArray("targetGroups")
                        .add("group:" + pair.first().team()))
                .ok();

        assertThat(pair.first().api().count("")).isEqualTo(1);
        assertThat(pair.second().api().count("")).isEqualTo(1);
        assertThat(user().api().count("")).isZero();
        assertThat(pair.first().api().get("").only().get("isSystem").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"targetUsers\":null", ",\"targetUsers\":[],\"targetGroups\":[]"})
    void aMessageWithoutTargetsIsForEveryone(String targets) {
        String title = UUID.randomUUID().toString();
        sender().post("{\"origin\":\"o\",\"title\":\"" + title + "\"" + targets + "}")
                .ok();

        String filter = "messageScope=system&containsText=" + title;
        assertThat(user().api().count(filter)).isEqualTo(1);
        assertThat(user().api().get(filter).only().get("isSystem").asBoolean()).isTrue();
        assertThat(user().api().count("containsText=" + title)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\""
            })
    void jsonIsTaken(String type) {
        sender().send(
                        "POST",
                        "",
                        BodyPublishers.ofString("{\"origin\":\"o\",\"title\":\"\u00e4\"}"),
                        Map.of("Content-Type", type))
                .ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/jsonx", "application/json; charset=iso-8859-1", ""
            })
    void anotherTypeIsNot(String type) {
        sender().send(
                        "POST",
                        "",
                        BodyPublishers.ofString("{\"origin\":\"o\",\"title\":\"t\"}"),
                        type.isEmpty() ? Map.of() : Map.of("Content-Type", type))
                .refused(415, "UnsupportedMediaTypeError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "1",
                "{",
                "{\"origin\"}",
                "{\"origin\":\"o\",\"title\":\"t\"} x",
                "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":\"default/u1\"}",
                "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[1]}",
                "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[null]}",
                "{\"origin\":\"o\",\"title\":\"t\",\"actions\":{}}",
                "{\"origin\":\"o\",\"title\":\"t\",\"message\":{}}",
                "{\"origin\":\"o\",\"title\":true}",
                "{\"origin\":\"o\",\"title\":\"a\\u0000b\"}",
                "{\"origin\":\"o\",\"title\":\"\\ud800\"}",
                "{\"origin\":\"o\",\"title\":\"t\",\"message\":\"\\udc00x\"}"
            })
    void aBodyThatDoesNotFitIsTheCallersFault(String body) {
        sender().post(body).badInput();
    }

    @Test
    void aDeeplyNestedBodyIsABadRequest() {
        sender().post("{\"origin\":\"o\",\"title\":\"t\",\"x\":" + "[".repeat(300) + "]".repeat(300) + "}")
                .badInput();
    }

    @Test
    void aBodyThatIsNotUtf8IsABadRequest() {
        byte[] body = "{\"origin\":\"o\",\"title\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        sender().send("POST", "", BodyPublishers.ofByteArray(body), Map.of("Content-Type", "application/json"))
                .badInput("UTF-8");
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        sender().create(body -> body.put("message", "x".repeat(1_048_577))).refused(413, "PayloadTooLargeError");
    }

    @Test
    void aQueryParameterIsRejected() {
        sender().send(
                        "POST",
                        "?user=default/u1",
                        BodyPublishers.ofString("{}"),
                        Map.of("Content-Type", "application/json"))
                .badInput("user");
    }
}
