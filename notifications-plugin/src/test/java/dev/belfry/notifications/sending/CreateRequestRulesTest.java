package dev.belfry.notifications.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.sending.CreateRequestRules.EmptyTargets;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRequestRulesTest {

    private final CreateRequestRules rules = new CreateRequestRules(new ActionUrls(List.of()), EmptyTargets.SYSTEM);
    private final CreateRequestRules strict = new CreateRequestRules(new ActionUrls(List.of()), EmptyTargets.REJECT);

    private static CreateRequest texts(
            @Nullable String origin, @Nullable String title, @Nullable String message, @Nullable String topic) {
        return new CreateRequest(origin, title, message, topic, null, null, null, null);
    }

    private static CreateRequest titled(String title) {
        return texts("o", title, null, null);
    }

    private static CreateRequest acting(@Nullable List<CreateRequest.@Nullable Action> actions) {
        return new CreateRequest("o", "t", null, null, null, actions, null, null);
    }

    private static CreateRequest to(@Nullable List<@Nullable String> users, @Nullable List<@Nullable String> groups) {
        return new CreateRequest("o", "t", null, null, null, null, users, groups);
    }

    private void assertRefused(CreateRequest request, String reason) {
        assertThatThrownBy(() -> rules.draft(request))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(reason);
    }

    @Test
    void textsAreNotChanged() {
        Draft draft = rules.draft(texts(" o ", "\tt\n", "", ""));

        assertThat(draft.content()).isEqualTo(new Content(" o ", "\tt\n", "", "", List.of()));
    }

    @Test
    void originAndTitleAreRequired() {
        assertRefused(texts(null, "t", null, null), "origin is required");
        assertRefused(texts("o", null, null, null), "title is required");
        assertRefused(texts("", "t", null, null), "origin must have 1 to 255 characters, not 0");
        assertRefused(texts("o", "", null, null), "title must have 1 to 255 characters, not 0");
    }

    @Test
    void lengthsCountCodePoints() {
        assertThat(rules.draft(titled("😀".repeat(255))).content().title()).hasSize(510);
        assertRefused(titled("😀".repeat(256)), "title must have 1 to 255 characters, not 256");
        assertRefused(texts("o".repeat(256), "t", null, null), "origin must have 1 to 255 characters, not 256");
        assertRefused(texts("o", "t", null, "x".repeat(256)), "topic must have 0 to 255 characters, not 256");
    }

    @Test
    void aMessageHasAtMost128KiBOfUtf8() {
        assertThat(rules.draft(texts("o", "t", "ä".repeat(65536), null))
                        .content()
                        .message())
                .hasSize(65536);
        assertRefused(
                texts("o", "t", "ä".repeat(65536) + "x", null),
                "message must have at most 131072 bytes of UTF-8, not 131073");
    }

    @Test
    void allTextsTogetherHaveAtMost256KiBOfUtf8() {
        List<CreateRequest.Action> actions =
                Collections.nCopies(64, new CreateRequest.Action("t", "/" + "x".repeat(2046)));
        String message = "ä".repeat(65535);

        assertThatCode(() -> rules.draft(new CreateRequest("o", "t", message, null, null, actions, null, null)))
                .doesNotThrowAnyException();
        assertRefused(
                new CreateRequest("o", "t", message, "x", null, actions, null, null),
                "origin, title, message, topic and actions together must have at most 262144 bytes of UTF-8, not 262145");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab\0", "ab\uD800", "ab\uDC00", "ab\uDC00\uD800", "ab\uD800x"})
    void charactersThatCannotBeStoredAreRejectedInEveryText(String text) {
        for (CreateRequest request : List.of(
                texts(text, "t", null, null),
                texts("o", text, null, null),
                texts("o", "t", text, null),
                texts("o", "t", null, text),
                acting(List.of(new CreateRequest.Action(text, "/x"))),
                acting(List.of(new CreateRequest.Action("t", text))))) {
            assertThatThrownBy(() -> rules.draft(request))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageEndingWith("(at position 2)");
        }
    }

    @Test
    void actionsKeepTheirOrder() {
        Draft draft = rules.draft(acting(
                List.of(new CreateRequest.Action("b", "/b"), new CreateRequest.Action("a", "https://a.example"))));

        assertThat(draft.content().actions())
                .containsExactly(new Content.Action("b", "/b"), new Content.Action("a", "https://a.example"));
    }

    @Test
    void actionsAreChecked() {
        assertRefused(
                acting(Collections.nCopies(101, new CreateRequest.Action("t", "/x"))),
                "actions must have at most 100 elements, not 101");
        assertRefused(acting(Arrays.asList((CreateRequest.Action) null)), "actions[0] must not be null");
        assertRefused(acting(List.of(new CreateRequest.Action(null, "/x"))), "actions[0].title is required");
        assertRefused(
                acting(List.of(new CreateRequest.Action("t", "/x"), new CreateRequest.Action("t", null))),
                "actions[1].url is required");
        assertRefused(
                acting(List.of(new CreateRequest.Action("t", "/" + "x".repeat(2048)))),
                "actions[0].url must have 1 to 2048 characters, not 2049");
        assertThatCode(() -> rules.draft(acting(List.of(new CreateRequest.Action("t", "/" + "x".repeat(2047))))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rules.draft(acting(List.of(new CreateRequest.Action("t", "javascript:x")))))
                .hasMessageStartingWith("actions[0].url 'javascript:x' must be a relative reference");
    }

    @Test
    void theSameTargetTwiceCountsOnce() {
        Draft draft = rules.draft(
                to(List.of("default/ada", "user:Default/ADA", "default/bob"), List.of("default/r", "group:default/R")));

        assertThat(draft.addressees())
                .isEqualTo(Addressees.of(
                        List.of(EntityRef.user("default", "ada"), EntityRef.user("default", "bob")),
                        List.of(EntityRef.group("default", "r"))));
    }

    @Test
    void targetsAreChecked() {
        assertRefused(to(Arrays.asList("a/b", null), null), "targetUsers[1] must not be null");
        assertRefused(
                to(null, List.of("a/b", "nobody")),
                "targetGroups[1]: 'nobody' is not of the form namespace/name or group:namespace/name");
        assertRefused(to(List.of("group:a/b"), null), "targetUsers[0]: 'group:a/b' must name a user, not 'group'");
        assertRefused(
                to(null, IntStream.range(0, 1001).mapToObj(i -> "a/b" + i).toList()),
                "targetGroups must have at most 1000 elements, not 1001");
    }

    @Test
    void noTargetsMeanEveryone() {
        assertThat(rules.draft(to(null, null)).addressees().isEveryone()).isTrue();
        assertThat(rules.draft(to(List.of(), null)).addressees().isEveryone()).isTrue();
        assertThat(rules.draft(to(List.of(), List.of())).addressees().isEveryone())
                .isTrue();
        assertThat(rules.draft(to(List.of("a/b"), null)).addressees().isEveryone())
                .isFalse();
    }

    @Test
    void anEmptyArrayOfTargetsCanBeRejected() {
        assertThat(strict.draft(to(null, null)).addressees().isEveryone()).isTrue();
        assertThat(strict.draft(to(List.of(), List.of("a/b"))).addressees().groups())
                .hasSize(1);
        assertThatThrownBy(() -> strict.draft(to(List.of(), null)))
                .hasMessage("targetUsers must not be empty; leave it out to notify everyone");
        assertThatThrownBy(() -> strict.draft(to(null, List.of())))
                .hasMessage("targetGroups must not be empty; leave it out to notify everyone");
    }

    @Test
    void longValuesAreShortenedInMessages() {
        assertThatThrownBy(() -> rules.draft(to(List.of("x".repeat(500)), null)))
                .hasMessage("targetUsers[0]: '" + "x".repeat(80)
                        + "...' is not of the form namespace/name or user:namespace/name");
    }

    @Test
    void theFormatIsPlainOrMarkdown() {
        assertThat(formatOf(null)).isEqualTo(Content.Format.PLAIN);
        assertThat(formatOf("plain")).isEqualTo(Content.Format.PLAIN);
        assertThat(formatOf("markdown")).isEqualTo(Content.Format.MARKDOWN);
        assertThatThrownBy(() -> formatOf("Markdown"))
                .hasMessageContaining("format must be 'plain' or 'markdown', not 'Markdown'");
    }

    private Content.Format formatOf(@Nullable String format) {
        return rules.draft(new CreateRequest("o", "t", "m", null, format, null, null, null))
                .content()
                .format();
    }
}
