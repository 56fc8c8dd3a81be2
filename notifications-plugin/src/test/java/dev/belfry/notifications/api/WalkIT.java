package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paging with the cursor of the Link header. */
@ParameterizedClass
@EnumSource(Setting.class)
class WalkIT extends ApiSuite {

    private static final Pattern NEXT = Pattern.compile("<\\?(.*)>; rel=\"next\"");

    WalkIT(Setting setting) {
        assertThat(setting).isNotNull();
    }

    private static List<String> fill(User reader) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String letter = String.valueOf((char) ('a' + i % 3));
            String message = (i % 2 == 0 ? letter : letter.repeat(1500)) + "ü &+%";
            boolean without = i == 4;
            ids.add(sender().create(body -> {
                        body.put("title", letter).put("topic", letter.toUpperCase(Locale.ROOT));
                        if (!without) {
                            body.put("message", message);
                        }
                        body.putArray("targetUsers").add(reader.ref());
                    })
                    .messageId());
        }
        return ids;
    }

    private static String next(Answer page) {
        Matcher link = NEXT.matcher(page.header("Link"));
        return link.matches() ? link.group(1) : "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "message", "created", "topic", "origin"})
    void pagesByCursorAreTheWholeListInAnyOrder(String field) {
        User reader = user();
        fill(reader);
        for (String direction : List.of("asc", "desc")) {
            String query = "orderBy=" + field + "&orderByDirec=" + direction;
            List<String> walked = new ArrayList<>();
            String page = "pageSize=3&" + query + "&createdAfter=2020-01-01T00%3A00%3A00%2B01%3A00";
            while (!page.isEmpty()) {
                Answer answer = reader.api().get(page).ok();
                walked.addAll(answer.ids());
                page = next(answer);
            }
            assertThat(walked).isEqualTo(reader.api().ids(query + "&pageSize=100"));
        }
    }

    @Test
    void newMessagesDoNotShiftThePages() {
        User reader = user();
        List<String> ids = fill(reader);
        Collections.reverse(ids);

        Answer first = reader.api().get("pageSize=5&messageScope=user");
        fill(reader);
        Answer second = reader.api().get(next(first));

        assertThat(first.ids()).isEqualTo(ids.subList(0, 5));
        assertThat(second.ids()).isEqualTo(ids.subList(5, 10));
        assertThat(reader.api().ids(next(second))).isEmpty();
    }

    @Test
    void theLastPageHasNoLink() {
        User reader = user();
        fill(reader);

        assertThat(reader.api().get("pageSize=11").header("Link")).isEmpty();
        assertThat(reader.api().get("pageSize=0&pageNumber=0").header("Link")).isEmpty();
        assertThat(reader.api().get("pageSize=3&pageNumber=2").header("Link")).doesNotContain("pageNumber");
    }

    @Test
    void aCursorIsValidForItsOrderOnly() {
        User reader = user();
        fill(reader);
        String next = next(reader.api().get("pageSize=1"));

        reader.api().get(next + "&orderByDirec=asc").badInput("after", "created desc", "created asc");
        reader.api().get(next + "&pageNumber=2").badInput("after", "pageNumber");
        reader.api().get(next.replace("pageSize=1", "pageSize=0")).badInput("pageSize", "0");
    }

    @Test
    void aCursorRevealsNoMessagesOfOthers() {
        User reader = user();
        fill(reader);
        // The one without a message, two short ones, and the first long one.
        String ofShortMessage = next(reader.api().get("pageSize=3&orderBy=message"));
        String ofLongMessage = next(reader.api().get("pageSize=4&orderBy=message"));
        User other = user();

        assertThat(other.api().ids(ofShortMessage)).isEmpty();
        other.api().get(ofLongMessage).badInput("after", "no longer there");
        assertThat(reader.api().ids(ofLongMessage)).isNotEmpty();
        assertThat(other.api().ids("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x",
        "''",
        "%C3%A4",
        "AAAA",
        "Y3JlYXRlZCBkZXNjIA",
        "a+b",
        "Y3JlYXRlZCBkZXNjIDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCAt"
    })
    void whatIsNoCursorIsRefused(String value) {
        user().api().get("after=" + value).badInput("after");
    }
}
