package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Setting.class)
class MarkAllIT extends ApiSuite {

    MarkAllIT(Setting setting) {
        assertThat(setting).isNotNull();
    }

    private static Answer markAll(User reader, String query) {
        return reader.api().send("PUT", "/read-all?" + query, BodyPublishers.noBody(), Map.of());
    }

    @Test
    void marksTheCallersNotificationsInTheScope() {
        Pair pair = pair();
        User reader = pair.first();
        sender().createFor(reader.ref()).ok();
        sender().create(body -> body.putArray("targetGroups").add(reader.team()))
                .ok();
        sender().create(body -> body.put("title", reader.name())).ok();

        assertThat(markAll(reader, "messageScope=user")
                        .ok()
                        .json()
                        .get("marked")
                        .asInt())
                .isEqualTo(2);

        assertThat(reader.api().count("read=false")).isZero();
        assertThat(reader.api().count("read=false&messageScope=system")).isPositive();
        assertThat(pair.second().api().count("read=false")).isEqualTo(1);
        assertThat(markAll(reader, "messageScope=all").ok().json().get("marked").asInt())
                .isPositive();
        assertThat(reader.api().count("read=false&messageScope=all")).isZero();
    }

    @Test
    void marksNotificationsUpToAnInstant() {
        User reader = user();
        String before = "before=2020-01-01T00:00:00Z";
        String id = sender().createFor(reader.ref()).messageId();

        assertThat(markAll(reader, "messageScope=all&" + before)
                        .ok()
                        .json()
                        .get("marked")
                        .asInt())
                .isZero();
        String created = reader.api().get("").only().get("created").asText();
        assertThat(markAll(reader, "messageScope=user&before=" + created)
                        .ok()
                        .json()
                        .get("marked")
                        .asInt())
                .isEqualTo(1);
        assertThat(reader.api().ids("read=true")).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before=2026-01-01T00:00:00Z", "messageScope=", "messageScope=everything"})
    void theScopeHasNoDefault(String query) {
        markAll(user(), query).badInput("messageScope");
    }

    @Test
    void beforeMustBeADateTime() {
        markAll(user(), "messageScope=all&before=soon").badInput("before", "soon");
        markAll(user(), "messageScope=all&read=true").badInput("read");
    }
}
