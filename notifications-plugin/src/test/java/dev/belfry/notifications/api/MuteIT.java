package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.testkit.ReceivedEvent;
import dev.belfry.testkit.TestClient;
import dev.belfry.testkit.TestEventStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Setting.class)
class MuteIT extends ApiSuite {

    private static final String MUTED = "/api/notifications/muted";
    private static final String BUILDS = "{\"topics\":[\"builds\"],\"origins\":[]}";
    private static final String NOTHING = "{\"topics\":[],\"origins\":[]}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Setting setting;

    MuteIT(Setting setting) {
        this.setting = setting;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private static Answer put(TestClient client, String body) {
        HttpResponse<String> answer =
                client.send("PUT", MUTED, BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));
        document().check("PUT", MUTED, answer);
        return new Answer(answer);
    }

    private static Answer put(User user, String body) {
        return put(host().as(user.name()), body);
    }

    private static JsonNode muted(User user) {
        HttpResponse<String> answer = host().as(user.name()).get(MUTED);
        document().check("GET", MUTED, answer);
        return new Answer(answer).ok().json();
    }

    private static String send(User reader, String origin, String topic) {
        return sender().create(body -> {
                    body.put("origin", origin)
                            .put("topic", topic)
                            .putArray("targetGroups")
                            .add(reader.team());
                })
                .messageId();
    }

    @Test
    void aListIsKeptForItsUser() {
        Pair pair = pair();
        assertThat(muted(pair.first())).isEqualTo(json(NOTHING));

        Answer answer = put(
                pair.first(), "{\"topics\":[\"builds\",\"älteres \\\"x\\\"\",\"builds\"],\"origins\":[\"plugin:ci\"]}");

        JsonNode stored = json("{\"topics\":[\"builds\",\"älteres \\\"x\\\"\"],\"origins\":[\"plugin:ci\"]}");
        assertThat(answer.ok().json()).isEqualTo(stored);
        assertThat(muted(pair.first())).isEqualTo(stored);
        assertThat(muted(pair.second())).isEqualTo(json(NOTHING));
        put(pair.first(), "{\"origins\":[\"ci\"]}").ok();
        assertThat(muted(pair.first())).isEqualTo(json("{\"topics\":[],\"origins\":[\"ci\"]}"));
        put(pair.first(), "{}").ok();
        assertThat(muted(pair.first())).isEqualTo(json(NOTHING));
        assertThat(setting).isNotNull();
    }

    @Test
    void mutedNotificationsAreListedAndMarkedButNotUnread() {
        Pair pair = pair();
        User reader = pair.first();
        String build = send(reader, "ci", "builds");
        String release = send(reader, "ci", "releases");
        put(reader, BUILDS).ok();

        Answer all = reader.api().get("");
        assertThat(all.ids()).containsExactly(release, build);
        assertThat(all.json().get(0).has("muted")).isFalse();
        assertThat(all.json().get(1).get("muted").asBoolean()).isTrue();
        assertThat(reader.api().ids("muted=true")).containsExactly(build);
        assertThat(reader.api().ids("muted=false&read=false")).containsExactly(release);
        assertThat(reader.api().count("")).isEqualTo(2);
        assertThat(reader.api().count("read=false")).isEqualTo(1);
        assertThat(reader.api().count("read=false&muted=true")).isEqualTo(1);
        assertThat(reader.api().count("muted=true&topic=releases")).isZero();
        assertThat(reader.api().count("read=false&containsText=title")).isEqualTo(1);
        assertThat(pair.second().api().count("read=false")).isEqualTo(2);
        assertThat(pair.second().api().ids("muted=true")).isEmpty();
        assertThat(pair.second().api().ids("muted=false")).containsExactly(release, build);

        reader.api().mark(build, true).ok();
        assertThat(reader.api().count("read=false")).isEqualTo(1);
        reader.api().mark(release, true).ok();
        assertThat(reader.api().count("read=false")).isZero();
        reader.api().mark(build, false).ok();
        put(reader, NOTHING).ok();
        assertThat(reader.api().count("read=false")).isEqualTo(1);
        assertThat(reader.api().get("").body()).doesNotContain("\"muted\"");
    }

    @Test
    void mutingChangesTheETagOfEachScopeAndEndsAWait() {
        User reader = user();
        send(reader, "ci", "builds");
        for (String query : new String[] {"", "?messageScope=system", "/count?messageScope=all&read=false"}) {
            put(reader, NOTHING).ok();
            TestClient client = host().as(reader.name());
            String tag = client.get(Setting.BASE + query)
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            put(reader, BUILDS).ok();
            HttpResponse<String> again =
                    client.send("GET", Setting.BASE + query, BodyPublishers.noBody(), Map.of("If-None-Match", tag));
            assertThat(again.statusCode()).as(query).isEqualTo(200);
            String newTag = again.headers().firstValue("ETag").orElseThrow();
            put(reader, BUILDS).ok();
            assertThat(client.send(
                                    "GET",
                                    Setting.BASE + query,
                                    BodyPublishers.noBody(),
                                    Map.of("If-None-Match", newTag))
                            .statusCode())
                    .as("the same list again")
                    .isEqualTo(304);
        }
    }

    @Test
    void aStreamTellsWhatIsMuted() {
        User reader = user();
        String build = send(reader, "ci", "builds");
        try (TestEventStream events = host().as(reader.name()).events("/api/notifications/stream?messageScope=user")) {
            assertCount(events, 1);
            put(reader, BUILDS).ok();
            assertThat(events.next().name()).isEqualTo("reset");
            assertCount(events, 0);

            String another = send(reader, "ci", "builds");
            ReceivedEvent created = events.next();
            assertThat(json(created.data()))
                    .isEqualTo(reader.api().get("pageSize=1").only());
            assertThat(json(created.data()).get("muted").asBoolean()).isTrue();
            assertCount(events, 0);
            reader.api().mark(another, true).ok();
            assertThat(events.next().name()).isEqualTo("read");
            assertCount(events, 0);

            put(reader, NOTHING).ok();
            assertThat(events.next().name()).isEqualTo("reset");
            assertCount(events, 1);
            assertThat(reader.api().ids("read=false")).containsExactly(build);
        }
    }

    private static void assertCount(TestEventStream events, int personal) {
        ReceivedEvent event = events.next();
        assertThat(event.name()).as(event.data()).isEqualTo("count");
        assertThat(json(event.data()).path("personal").asInt()).isEqualTo(personal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"topics\":[\"a\",null]}                | topics[1] is required",
                "{\"topics\":[\"\"]}                      | topics[0] must have 1 to 255 characters, not 0",
                "{\"origins\":[\"a\\u0000\"]}             | origins[0] must not have the character U+0000",
                "{\"origins\":\"ci\"}                     | origins",
                "{\"topics\":[{}]}                        | topics",
                "{\"topic\":[\"a\"]}                     | unknown field 'topic'; known are 'topics' and 'origins'",
                "null                                     | null",
                "[]                                       | must be",
                "{\"topics\":                             | JSON"
            })
    void aWrongListIsRefused(String body, String message) {
        put(user(), body).badInput(message);
    }

    @Test
    void aListThatIsTooLongIsRefusedAndNothingIsStored() {
        User user = user();
        put(user, BUILDS).ok();
        String many = IntStream.range(0, 101).mapToObj(i -> "\"o" + i + "\"").collect(Collectors.joining(","));
        put(user, "{\"origins\":[" + many + "]}").badInput("origins must have at most 100 elements, not 101");
        put(user, "{\"topics\":[\"" + "x".repeat(256) + "\"]}").badInput("topics[0] must have 1 to 255", "256");
        assertThat(muted(user)).isEqualTo(json(BUILDS));
        put(user, "{\"origins\":[" + many.replaceFirst("\"o0\",", "") + "]}").ok();
    }

    @Test
    void onlyUsersMute() {
        put(host().asService("ci"), NOTHING).refused(403, "NotAllowedError", "only a user");
        assertThat(host().asService("ci").get(MUTED).statusCode()).isEqualTo(403);
        assertThat(host().anonymous().get(MUTED).statusCode()).isEqualTo(401);
        assertThat(json(host().asService("ci")
                                .get("/api/notifications/capabilities")
                                .body())
                        .path("mute")
                        .asBoolean())
                .isFalse();
        assertThat(host().as("ada").get(MUTED + "?user=default/bob").statusCode())
                .isEqualTo(400);
        assertThat(user().api().get("muted=maybe").badInput("muted", "maybe").status())
                .isEqualTo(400);
    }
}
