package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
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
class MarkIT extends ApiSuite {

    private final Setting setting;

    MarkIT(Setting setting) {
        this.setting = setting;
    }

    @Test
    void marksForTheCallerAlone() {
        Pair pair = pair();
        String id = sender().create(
                        body -> body.putArray("targetGroups").add(pair.first().team()))
                .messageId();

        assertThat(pair.first().api().mark(id, true).ok().body()).isEmpty();

        assertThat(pair.first().api().count("read=false")).isZero();
        assertThat(pair.second().api().count("read=false")).isEqualTo(1);
        assertThat(setting).isNotNull();
    }

    @Test
    void markingIsIdempotentAndCanBeUndone() {
        User reader = user();
        String id = sender().createFor(reader.ref()).messageId();

        reader.api().mark(id, true).ok();
        reader.api().mark(id, true).ok();
        assertThat(reader.api().count("read=true")).isEqualTo(1);
        reader.api().mark(id, false).ok();
        reader.api().mark(id, false).ok();
        assertThat(reader.api().count("read=true")).isZero();
        assertThat(reader.api().count("read=false")).isEqualTo(1);
    }

    @Test
    void aSystemMessageIsMarkedForTheCallerAlone() {
        Pair pair = pair();
        String title = UUID.randomUUID().toString();
        String id = sender().create(body -> body.put("title", title)).messageId();
        String unread = "messageScope=system&read=false&containsText=" + title;

        pair.first().api().mark(id, true).ok();

        assertThat(pair.first().api().count(unread)).isZero();
        assertThat(pair.second().api().count(unread)).isEqualTo(1);
    }

    @Test
    void manyDevicesMarkTheSameMessageConcurrently() {
        Pair pair = pair();
        String byGroup = sender().create(
                        body -> body.putArray("targetGroups").add(pair.first().team()))
                .messageId();
        String byName = sender().createFor(pair.first().ref()).messageId();

        List<Integer> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> pair.first()
                        .api()
                        .mark(i % 2 == 0 ? byGroup : byName, true)
                        .status())
                .toList();

        assertThat(answers).containsOnly(200);
        assertThat(pair.first().api().count("read=true")).isEqualTo(2);
        assertThat(pair.first().api().count("read=false")).isZero();
    }

    @Test
    void missingMessagesAndThoseOfOthersGetTheSameResponse() {
        Pair pair = pair();
        String foreign = sender().createFor(pair.first().ref()).messageId();
        User other = user();

        Answer notMine = other.api().mark(foreign, true).refused(404, "NotFoundError");
        Answer notThere = other.api().mark(UUID.randomUUID().toString(), true).refused(404, "NotFoundError");

        assertThat(notMine.json().at("/error/message").asText().replace(foreign, "ID"))
                .isEqualTo(notThere.json().at("/error/message").asText().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID"));
        assertThat(other.api().ids("messageScope=user")).isEmpty();
        assertThat(other.api().ids("read=true")).isEmpty();
        assertThat(pair.first().api().count("read=false")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messageId=x&read=true",
                "messageId=&read=true",
                "read=true",
                "messageId=1-1-1-1-1&read=true",
                "messageId=0190b2a5e3c17d21a1d1f3a9b6c00000&read=true",
                "messageId=0190b2a5-e3c1-7d21-a1d1-f3a9b6c0000g&read=true",
                "messageId=%7B0190b2a5-e3c1-7d21-a1d1-f3a9b6c00000%7D&read=true"
            })
    void aMessageIdIsAUuid(String query) {
        user().api().markRaw(query).badInput("messageId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&read=", "&read=1", "&read=TRUE"})
    void readIsTrueOrFalse(String read) {
        user().api().markRaw("messageId=" + UUID.randomUUID() + read).badInput("read");
    }

    @Test
    void aMessageIdMayBeWrittenInUpperCase() {
        User reader = user();
        String id = sender().createFor(reader.ref()).messageId();

        reader.api().mark(id.toUpperCase(Locale.ROOT), true).ok();

        assertThat(reader.api().count("read=true")).isEqualTo(1);
    }

    @Test
    void aBodyIsIgnored() {
        User reader = user();
        String id = sender().createFor(reader.ref()).messageId();

        reader.api()
                .send(
                        "PUT",
                        "/read?messageId=" + id + "&read=true",
                        BodyPublishers.ofString("{broken"),
                        Map.of("Content-Type", "application/json"))
                .ok();
    }

    @Test
    void usersDoNotSeeCountOrMarkMessagesOfOthers() {
        User one = user();
        User two = user();
        String ofOne = sender().createFor(one.ref()).messageId();
        String ofTwo = sender().createFor(two.ref()).messageId();
        for (String query :
                List.of("", "messageScope=user", "pageSize=0&pageNumber=0", "orderBy=title", "read=false")) {
            assertThat(one.api().ids(query)).as(query).containsExactly(ofOne);
            assertThat(two.api().ids(query)).as(query).containsExactly(ofTwo);
        }
        assertThat(one.api().ids("messageScope=all&pageSize=0&pageNumber=0"))
                .contains(ofOne)
                .doesNotContain(ofTwo);
        assertThat(one.api().count("")).isEqualTo(1);
        assertThat(two.api().count("read=false")).isEqualTo(1);
        one.api().mark(ofTwo, true).refused(404, "NotFoundError");
        two.api().mark(ofOne, true).refused(404, "NotFoundError");
        assertThat(one.api().count("read=true")).isZero();
        assertThat(two.api().count("read=true")).isZero();
    }
}
