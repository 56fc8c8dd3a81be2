package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Setting.class)
class ListIT extends ApiSuite {

    private final Setting setting;

    ListIT(Setting setting) {
        this.setting = setting;
    }

    /** Sends messages with these titles and returns their ids, newest first. */
    private static List<String> send(User reader, String... titles) {
        List<String> ids = new ArrayList<>();
        for (String title : titles) {
            ids.add(sender().create(body -> {
                        body.put("title", title).putArray("targetUsers").add(reader.ref());
                    })
                    .messageId());
        }
        Collections.reverse(ids);
        return ids;
    }

    private static List<String> sendMany(User reader, int count) {
        return send(
                reader, IntStream.range(0, count).mapToObj(i -> "message " + i).toArray(String[]::new));
    }

    @Test
    void everyMessageHasAllNineKeys() {
        User reader = user();
        send(reader, "x");

        JsonNode message = reader.api().get("").only();
        List<String> keys = new ArrayList<>();
        message.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "id", "created", "isSystem", "readByUser", "origin", "title", "message", "topic", "actions");
        assertThat(message.get("created").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(message.get("readByUser").isBoolean()).isTrue();
        assertThat(message.get("actions").isArray()).isTrue();
        assertThat(setting).isNotNull();
    }

    @Test
    void byDefaultAPageHas20NotificationsNewestFirst() {
        User reader = user();
        List<String> ids = sendMany(reader, 23);

        assertThat(reader.api().ids("")).isEqualTo(ids.subList(0, 20));
        assertThat(reader.api().ids("pageNumber=2")).isEqualTo(ids.subList(20, 23));
        assertThat(reader.api().ids("pageSize=5&pageNumber=2")).isEqualTo(ids.subList(5, 10));
        assertThat(reader.api().ids("pageSize=5&pageNumber=9")).isEmpty();
        assertThat(reader.api().ids("pageSize=0&pageNumber=0")).isEqualTo(ids);
        assertThat(reader.api().ids("pageSize=2147483647&pageNumber=2147483647"))
                .isEmpty();
        assertThat(reader.api().count("")).isEqualTo(23);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pageSize=-1",
                "pageSize=%2B1",
                "pageSize=1.0",
                "pageSize=x",
                "pageSize=",
                "pageSize=2147483648",
                "pageNumber=-1",
                "pageNumber=99999999999999999999",
                "pageNumber=0x1",
                "pageSize=%D9%A1"
            })
    void aPageIsCountedInDigits(String query) {
        user().api().get(query).badInput(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pageSize=0", "pageNumber=0", "pageSize=0&pageNumber=1", "pageSize=5&pageNumber=0"})
    void zeroMeansNoPagingOnlyForBothParameters(String query) {
        user().api().get(query).badInput("pageSize", "pageNumber");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orderBy=id",
                "orderBy=Title",
                "orderByDirec=up",
                "orderByDirec=ASC",
                "messageScope=mine",
                "read=yes",
                "read=True",
                "read=",
                "createdAfter=yesterday",
                "createdAfter=2026-13-01T00:00:00Z",
                "createdAfter=2026-01-01",
                "createdAfter="
            })
    void aValueThatIsNotAllowedIsNamed(String query) {
        user().api().get(query).badInput(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @CsvSource({
        "mesageScope=all,messageScope",
        "pagesize=1,pageSize",
        "user=default/ada,user",
        "afterwards=x,afterwards"
    })
    void anUnknownParameterIsNamedWithANearOne(String query, String hint) {
        user().api().get(query).badInput("unknown", hint);
        user().api()
                .send("GET", "/count?" + query, BodyPublishers.noBody(), Map.of())
                .badInput("unknown");
    }

    @Test
    void aRepeatedParameterIsRejected() {
        user().api().get("read=true&read=true").badInput("read");
        user().api().get("messageScope=user&messageScope=all").badInput("messageScope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pageSize=1", "orderBy=title", "orderByDirec=asc", "pageNumber=1"})
    void countHasNoPageParameters(String query) {
        user().api()
                .send("GET", "/count?" + query, BodyPublishers.noBody(), Map.of())
                .badInput("unknown");
    }

    @Test
    void textIsOrderedByCodePointOnEveryDatabase() {
        User reader = user();
        send(reader, "b", "B", "\u00e4", "a", "Z", "\uFF5E", "\uD83D\uDD14", "10", "9");
        List<String> expected =
                new ArrayList<>(List.of("b", "B", "\u00e4", "a", "Z", "\uFF5E", "\uD83D\uDD14", "10", "9"));
        expected.sort(Comparator.comparing(title -> title.codePointAt(0)));

        assertThat(reader.api().get("orderBy=title&orderByDirec=asc").all("title"))
                .isEqualTo(expected);
        assertThat(reader.api().get("orderBy=title").all("title")).isEqualTo(expected.reversed());
    }

    @Test
    void nullIsLastInAscendingAndFirstInDescendingOrder() {
        User reader = user();
        for (String topic : new String[] {"b", "null", "", "a"}) {
            sender().create(body -> {
                        body.putArray("targetUsers").add(reader.ref());
                        if (!topic.equals("null")) {
                            body.put("topic", topic);
                        }
                    })
                    .ok();
        }

        assertThat(reader.api().get("orderBy=topic&orderByDirec=asc").all("topic"))
                .containsExactly("", "a", "b", "null");
        assertThat(reader.api().get("orderBy=topic&orderByDirec=desc").all("topic"))
                .containsExactly("null", "b", "a", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "message", "created", "topic", "origin"})
    void equalKeysAreOrderedByTimeInTheSameDirectionSoThatNoPageRepeatsOrSkips(String column) {
        User reader = user();
        List<String> ids = send(reader, "same", "same", "same", "same", "same", "same", "same");

        List<String> paged = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            paged.addAll(reader.api().ids("orderBy=" + column + "&pageSize=2&pageNumber=" + page));
        }
        assertThat(paged).isEqualTo(ids);
        assertThat(reader.api().ids("orderByDirec=asc&orderBy=" + column)).isEqualTo(ids.reversed());
        assertThat(reader.api().ids("pageSize=0&pageNumber=0&orderBy=" + column))
                .isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "GROSS, Ein gro\u00df und gross",
        "\u00e4rger, \u00c4RGER im Amt",
        "\u03b1\u03b8\u03ae\u03bd\u03b1, \u0391\u0398\u0389\u039d\u0391",
        "100%, it is 100% done",
        "a_b, snake a_b case",
        "c:\\d, path c:\\d\\e",
        "\uD83D\uDD14, the \uD83D\uDD14 rings",
        "'a b', 'one a b two'"
    })
    void findsTextInTitleOrMessageWhateverItsCase(String word, String text) {
        User reader = user();
        List<String> ids = send(reader, text, "something else 1000 aXb");
        sender().create(body -> {
                    body.put("message", text).putArray("targetUsers").add(reader.ref());
                })
                .ok();

        assertThat(reader.api().ids("containsText=" + Api.encoded(word)))
                .hasSize(2)
                .contains(ids.get(1));
        assertThat(reader.api().count("containsText=" + Api.encoded(word))).isEqualTo(2);
    }

    @Test
    void wildcardsArePlainCharacters() {
        User reader = user();
        send(reader, "plain");

        for (String wildcard : List.of("%", "_", "\\", "*", "p%n", "pl_in")) {
            assertThat(reader.api().ids("containsText=" + Api.encoded(wildcard)))
                    .as(wildcard)
                    .isEmpty();
        }
        assertThat(reader.api().ids("containsText=")).hasSize(1);
    }

    @Test
    void createdAfterIsExclusiveAndAcceptsEveryFormOfADateTime() {
        User reader = user();
        send(reader, "old");
        Instant created =
                Instant.parse(reader.api().get("").only().get("created").asText());
        LocalDateTime local = LocalDateTime.ofInstant(created.minusSeconds(1), ZoneOffset.UTC);
        OffsetDateTime offset = created.minusSeconds(1).atOffset(ZoneOffset.ofHours(5));

        assertThat(reader.api().ids("createdAfter=" + created)).isEmpty();
        assertThat(reader.api().ids("createdAfter=" + created.minusMillis(1))).hasSize(1);
        assertThat(reader.api().ids("createdAfter=" + local)).hasSize(1);
        assertThat(reader.api().ids("createdAfter=" + Api.encoded(offset.toString())))
                .hasSize(1);
        assertThat(reader.api().ids("createdAfter=" + offset)).hasSize(1);
        assertThat(reader.api().ids("createdAfter=2026-01-01T00:00:00")).hasSize(1);
        assertThat(reader.api().count("createdAfter=" + created)).isZero();
        assertThat(reader.api().count("createdAfter=" + created.minusMillis(1))).isEqualTo(1);
    }

    @Test
    void theScopeSelectsUserOrSystemMessages() {
        User reader = user();
        String mark = reader.name() + "-scope";
        String own = send(reader, mark).getFirst();
        String team = sender().create(body -> {
                    body.put("title", mark).putArray("targetGroups").add(reader.team());
                })
                .messageId();
        String system = sender().create(body -> body.put("title", mark)).messageId();
        String filter = "&containsText=" + mark;

        assertThat(reader.api().ids("messageScope=user" + filter)).containsExactly(team, own);
        assertThat(reader.api().ids(filter.substring(1))).containsExactly(team, own);
        assertThat(reader.api().ids("messageScope=system" + filter)).containsExactly(system);
        assertThat(reader.api().ids("messageScope=all" + filter)).containsExactly(system, team, own);
        assertThat(reader.api().count("messageScope=all" + filter)).isEqualTo(3);
    }

    @Test
    void aMessageThatReachesAReaderSeveralTimesIsListedOnce() {
        Pair pair = pair();
        String id = sender().create(body -> {
                    body.putArray("targetUsers").add(pair.first().ref());
                    body.putArray("targetGroups")
                            .add(pair.first().team())
                            .add(pair.first().crew());
                })
                .messageId();

        for (User reader : List.of(pair.first(), pair.second())) {
            assertThat(reader.api().ids("")).containsExactly(id);
            assertThat(reader.api().ids("pageSize=0&pageNumber=0")).containsExactly(id);
            assertThat(reader.api().count("")).isEqualTo(1);
            assertThat(reader.api().count("read=false")).isEqualTo(1);
        }
    }

    @Test
    void readFiltersTheList() {
        User reader = user();
        List<String> ids = sendMany(reader, 3);
        reader.api().mark(ids.get(1), true).ok();

        assertThat(reader.api().ids("read=true")).containsExactly(ids.get(1));
        assertThat(reader.api().ids("read=false")).containsExactly(ids.get(0), ids.get(2));
        assertThat(reader.api().ids("")).hasSize(3);
        assertThat(reader.api().count("read=true")).isEqualTo(1);
        assertThat(reader.api().count("read=false")).isEqualTo(2);
        assertThat(reader.api().get("read=true").only().get("readByUser").asBoolean())
                .isTrue();
    }

    @Test
    void aPollWithoutChangesGets304() {
        User reader = user();
        String id = send(reader, "x").getFirst();
        for (String path : List.of("", "/count")) {
            Answer first = reader.api().send("GET", path, BodyPublishers.noBody(), Map.of());
            String etag = first.header("ETag");
            assertThat(etag).startsWith("W/\"");
            Map<String, String> again = Map.of("If-None-Match", etag);
            Answer second = reader.api().send("GET", path + "?read=false", BodyPublishers.noBody(), Map.of());
            assertThat(second.status()).isEqualTo(200);
            assertThat(reader.api()
                            .send("GET", path, BodyPublishers.noBody(), again)
                            .status())
                    .isEqualTo(304);
        }
        String before = reader.api().get("").header("ETag");
        reader.api().mark(id, true).ok();
        assertThat(reader.api()
                        .send("GET", "", BodyPublishers.noBody(), Map.of("If-None-Match", before))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTopicAndAnOriginSelectNotifications() {
        User reader = user();
        String wanted = create(reader, "a b", "ci");
        create(reader, "a", "ci");
        String ofAnother = create(reader, "a b", "cd");

        assertThat(reader.api().ids("topic=a%20b")).containsExactly(ofAnother, wanted);
        assertThat(reader.api().ids("topic=a%20b&origin=ci&read=false")).containsExactly(wanted);
        assertThat(reader.api().count("topic=a%20b&origin=ci")).isEqualTo(1);
        assertThat(reader.api().ids("origin=c")).isEmpty();
        reader.api().get("topic=%00").badInput("topic", "U+0000");
    }

    private static String create(User reader, String topic, String origin) {
        return sender().create(body -> {
                    body.put("topic", topic).put("origin", origin);
                    body.putArray("targetUsers").add(reader.ref());
                })
                .messageId();
    }

    @Test
    void theFormatIsShownOnlyForMarkdown() {
        User reader = user();
        for (String format : List.of("plain", "markdown")) {
            sender().create(body -> {
                        body.put("format", format);
                        body.putArray("targetUsers").add(reader.ref());
                    })
                    .ok();
        }
        assertThat(reader.api().get("").json().get(0).path("format").asText()).isEqualTo("markdown");
        assertThat(reader.api().get("").json().get(1).has("format")).isFalse();
        sender().create(body -> body.put("format", "html")).badInput("format", "html");
    }

    @Test
    void oneNotificationIsReadByItsId() {
        Pair pair = pair();
        User reader = pair.first();
        String id = sender().createFor(reader.ref()).messageId();
        String broadcast = sender().create(body -> body.put("title", "to all")).messageId();
        assertThat(reader.api().one(id).ok().json())
                .isEqualTo(reader.api().get("").only());
        assertThat(reader.api()
                        .one(id.toUpperCase(Locale.ROOT))
                        .ok()
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        reader.api().mark(id, true).ok();
        assertThat(reader.api().one(id).ok().json().path("readByUser").asBoolean())
                .isTrue();
        assertThat(pair.second()
                        .api()
                        .one(broadcast)
                        .ok()
                        .json()
                        .path("isSystem")
                        .asBoolean())
                .isTrue();

        pair.second().api().one(id).refused(404, "NotFoundError", "no message '" + id + "'");
        reader.api().one(UUID.randomUUID().toString()).refused(404, "NotFoundError", "no message");
        reader.api().one("latest").refused(404, "NotFoundError", "'latest'");
        reader.api().one(id + "?messageScope=all").badInput("messageScope");
    }
}
