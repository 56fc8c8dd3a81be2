package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.testkit.ReceivedEvent;
import dev.belfry.testkit.TestEventStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Setting.class)
class StreamIT extends ApiSuite {

    private static final String STREAM = "/api/notifications/stream";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Setting setting;

    StreamIT(Setting setting) {
        this.setting = setting;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private static JsonNode next(TestEventStream events, String name) {
        ReceivedEvent event = events.next();
        assertThat(event.name()).as(event.data()).isEqualTo(name);
        assertThat(event.id()).isPresent();
        return json(event.data());
    }

    private static void assertCount(TestEventStream events, int personal) {
        JsonNode counts = next(events, "count");
        assertThat(counts.path("personal").asInt()).isEqualTo(personal);
    }

    private static HttpResponse<String> ticket(User user) {
        return host().as(user.name()).post(STREAM + "/ticket");
    }

    @Test
    void aStreamTellsWhatTheListAndTheCountTell() {
        User reader = user();
        try (TestEventStream events = host().as(reader.name()).events(STREAM + "?messageScope=user")) {
            assertThat(next(events, "count"))
                    .isEqualTo(json("{\"count\":0,\"personal\":0,\"system\":%s}"
                            .formatted(reader.api().count("messageScope=system&read=false"))));

            String id = sender().create(body -> {
                        body.putArray("targetGroups").add(reader.team());
                        body.put("message", "line 1\nline 2").put("topic", "t");
                        body.putArray("actions")
                                .addObject()
                                .put("title", "open")
                                .put("url", "/x");
                    })
                    .messageId();
            JsonNode created = next(events, "created");
            assertThat(created).isEqualTo(reader.api().get("").only());
            assertCount(events, 1);

            reader.api().mark(id, true).ok();
            assertThat(next(events, "read")).isEqualTo(json("{\"ids\":[\"" + id + "\"],\"read\":true}"));
            assertCount(events, 0);
            reader.api().mark(id, false).ok();
            assertThat(next(events, "read").path("read").asBoolean()).isFalse();
            assertCount(events, 1);
            assertThat(setting).isNotNull();
        }
    }

    @Test
    void theScopeSelectsNotifications() {
        User reader = user();
        try (TestEventStream all = host().as(reader.name()).events(STREAM);
                TestEventStream system = host().as(reader.name()).events(STREAM + "?messageScope=system")) {
            assertCount(all, 0);
            assertCount(system, 0);
            sender().createFor(reader.ref()).ok();
            next(all, "created");
            assertCount(all, 1);
            assertCount(system, 1);

            String title = "to all " + reader.name();
            sender().create(body -> body.put("title", title)).ok();
            assertThat(next(system, "created").path("title").asText())
                    .as("not the personal one")
                    .isEqualTo(title);
            assertThat(next(all, "created").path("title").asText()).isEqualTo(title);
        }
        assertThatThrownBy(() -> host().as(reader.name()).events(STREAM + "?messageScope=mine"))
                .hasMessageContaining("400");
    }

    @Test
    void aStreamContinuesAfterTheLastEvent() {
        User reader = user();
        String last;
        try (TestEventStream events = host().as(reader.name()).events(STREAM + "?messageScope=user")) {
            assertCount(events, 0);
            sender().createFor(reader.ref()).ok();
            last = events.next().id().orElseThrow();
        }
        String missed = sender().createFor(reader.ref()).messageId();
        reader.api().mark(missed, true).ok();

        String query = STREAM + "?messageScope=user&lastEventId=" + Api.encoded(last);
        for (TestEventStream opened : List.of(
                host().as(reader.name()).events(STREAM + "?messageScope=user", last),
                host().as(reader.name()).events(query))) {
            try (TestEventStream events = opened) {
                assertCount(events, 1);
                assertThat(next(events, "created").path("id").asText()).isEqualTo(missed);
                assertThat(next(events, "read").at("/ids/0").asText()).isEqualTo(missed);
                assertCount(events, 1);
            }
        }
    }

    @Test
    void anIdOfAnotherDatabaseGetsAReset() {
        User reader = user();
        for (String id : List.of("0123abcd-5", "0123abcd-5:5:", "anything")) {
            try (TestEventStream events = host().as(reader.name()).events(STREAM, id)) {
                assertThat(next(events, "reset")).isEmpty();
                assertCount(events, 0);
            }
        }
    }

    @Test
    void readingAllIsTold() {
        User reader = user();
        for (int i = 0; i < 3; i++) {
            sender().createFor(reader.ref()).ok();
        }
        try (TestEventStream events = host().as(reader.name()).events(STREAM + "?messageScope=user")) {
            assertCount(events, 3);
            reader.api().send("PUT", "/read-all?messageScope=user", BodyPublishers.noBody(), Map.of());
            assertThat(next(events, "read").path("ids")).hasSize(3);
            assertCount(events, 0);
        }
        for (int i = 0; i < 2; i++) {
            batch(reader, 60);
        }
        try (TestEventStream events = host().as(reader.name()).events(STREAM + "?messageScope=user")) {
            assertCount(events, 120);
            reader.api().send("PUT", "/read-all?messageScope=user", BodyPublishers.noBody(), Map.of());
            assertThat(next(events, "read")).isEqualTo(json("{\"all\":true}"));
            assertCount(events, 0);
        }
    }

    private static void batch(User reader, int size) {
        StringBuilder batch = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            batch.append(i == 0 ? "" : ",")
                    .append("{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"")
                    .append(reader.ref())
                    .append("\"]}");
        }
        assertThat(host().as("ada")
                        .post(Setting.BASE + "/batch", batch.append("]").toString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aLargeNotificationGetsAReset() {
        User reader = user();
        try (TestEventStream events = host().as(reader.name()).events(STREAM + "?messageScope=user")) {
            assertCount(events, 0);
            sender().create(body -> {
                        body.putArray("targetUsers").add(reader.ref());
                        body.put("message", "x".repeat(20_000));
                    })
                    .ok();
            next(events, "reset");
            assertCount(events, 1);
        }
    }

    @Test
    void aTicketOpensOneStream() {
        User reader = user();
        HttpResponse<String> answer = ticket(reader);
        document().check("POST", STREAM + "/ticket", answer);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer.body()).path("expiresIn").asInt()).isEqualTo(30);
        String query = STREAM + "?messageScope=user&ticket="
                + json(answer.body()).path("ticket").asText();
        try (TestEventStream events = host().anonymous().events(query)) {
            assertCount(events, 0);
            sender().createFor(reader.ref()).ok();
            next(events, "created");
        }
        HttpResponse<String> again = host().anonymous().get(query);
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("expired or used");
        assertThat(host().anonymous().get(STREAM + "?ticket=x").statusCode()).isEqualTo(401);
    }

    @Test
    void nobodyGetsNoStream() {
        for (String path : List.of(STREAM, "/api/notifications/capabilities")) {
            HttpResponse<String> answer = host().anonymous().get(path);
            document().check("GET", path, answer);
            assertThat(answer.statusCode()).isEqualTo(401);
        }
        assertThat(host().anonymous().post(STREAM + "/ticket").statusCode()).isEqualTo(401);
    }

    @Test
    void capabilitiesTellWhatTheCallerMayDo() {
        String path = "/api/notifications/capabilities";
        HttpResponse<String> answer = host().as(user().name()).get(path);
        document().check("GET", path, answer);
        int everyone = json(answer.body()).path("everyone").asInt();
        assertThat(everyone).isGreaterThanOrEqualTo(400);
        assertThat(json(answer.body()))
                .isEqualTo(json("{\"create\":true,\"createForEveryone\":true,\"markAll\":true,\"stream\":true,"
                        + "\"mute\":true,\"everyone\":" + everyone + "}"));
    }
}
