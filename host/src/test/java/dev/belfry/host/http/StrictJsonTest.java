package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.belfry.api.web.ApiError;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a request is the record that its class promises, or the caller's error that names the field. */
class StrictJsonTest {

    private final StrictJson json = new StrictJson();

    record Author(String name) {}

    record Note(
            String text,
            int stars,
            @JsonProperty("written_by") Author author,
            List<String> tags,
            Map<String, Author> readers,
            String[] lines) {}

    record Lenient(
            @Nullable String text,
            @Nullable Integer stars,
            Optional<String> topic,
            OptionalInt place,
            @Nullable List<@Nullable String> tags,
            @Nullable Map<String, Object> more,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> lines) {}

    record Holder(Note note) {}

    record Range(
            @JsonAlias("Start") int from, int to, @Nullable String unit) {}

    private static final String NOTE = """
            {"text": "a", "stars": 1, "written_by": {"name": "ada"}, "tags": ["x"], "readers": {"r": {"name": "bob"}}, "lines": ["l"]}""";

    private void assertRefused(String body, Type type, String message) {
        assertThatThrownBy(() -> json.fromJsonString(body, type))
                .isInstanceOf(ApiError.class)
                .hasMessage(message)
                .extracting(refusal -> ((ApiError) refusal).status())
                .isEqualTo(400);
    }

    @Test
    void aCompleteBodyIsRead() {
        Note note = json.fromJsonString(NOTE, Note.class);

        assertThat(note.author()).isEqualTo(new Author("ada"));
        assertThat(note.readers()).containsEntry("r", new Author("bob"));
    }

    @Test
    void eachMissingFieldOfAnObjectIsNamed() {
        assertRefused("{}", Author.class, "name: is missing");
        assertRefused("{}", Note.class, "text, stars, written_by, tags, readers, lines: are missing");
        assertRefused("{\"tags\": null}", Note.class, "tags: must not be null");
        assertRefused("{\"text\": \"a\", \"tags\": []}", Note.class, "stars, written_by, readers, lines: are missing");
        assertRefused(
                "{\"note\": {\"stars\": 1, \"lines\": []}}",
                Holder.class,
                "note.text, note.written_by, note.tags, note.readers: are missing");
        assertRefused("[{\"from\": 1, \"to\": 2}, {\"Start\": 1}]", Range[].class, "[1].to: is missing");
        assertRefused("[{}]", Range[].class, "[0].from, [0].to: are missing");
    }

    @Test
    void theFirstMissingFieldOfABodyThatBecomesInvalidIsNamed() {
        assertRefused("[{}, ", Range[].class, "[0].from: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void anEmptyBodyIsMissing(String body) {
        assertRefused(body, Note.class, "the body is missing");
        assertRefused(body, Author[].class, "the body is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"text\": \"a\", | | text: is missing",
                "\"stars\": 1, | | stars: is missing",
                "\"a\" | null | text: must not be null",
                "\"stars\": 1 | \"stars\": null | stars: must not be null",
                "\"written_by\": {\"name\": \"ada\"}, | | written_by: is missing",
                "{\"name\": \"ada\"} | {} | written_by.name: is missing",
                "[\"x\"] | null | tags: must not be null",
                "[\"x\"] | [\"x\", null] | tags[1]: must not be null",
                "{\"name\": \"bob\"} | null | readers.r: must not be null",
                "{\"name\": \"bob\"} | {} | readers.r.name: is missing",
                "[\"l\"] | [null] | lines[0]: must not be null",
            })
    void aMissingOrNullFieldIsNamed(String part, @Nullable String replacement, String message) {
        String body = NOTE.replace(part, replacement == null ? "" : replacement);

        assertRefused(body, Note.class, message);
        assertRefused("{\"note\": " + body + "}", Holder.class, "note." + message);
    }

    @Test
    void fieldsThatMayBeNullCanBeAbsent() {
        Lenient absent = json.fromJsonString("{\"lines\": null}", Lenient.class);

        assertThat(absent)
                .isEqualTo(new Lenient(null, null, Optional.empty(), OptionalInt.empty(), null, null, List.of()));
        Lenient given = json.fromJsonString("""
                {"text": null, "topic": null, "tags": ["a", null], "more": {"x": null}, "lines": ["l"]}""", Lenient.class);
        assertThat(given.tags()).containsExactly("a", null);
        assertThat(given.more()).containsEntry("x", null);
    }

    @Test
    void aNullElementOfABodyThatIsAnArrayIsNamed() {
        assertRefused("[{\"name\": \"ada\"}, null]", Author[].class, "[1]: must not be null");
        assertRefused("[{}]", Author[].class, "[0].name: is missing");
        assertThat(json.<Object[]>fromJsonString("[null]", Object[].class)).containsExactly((Object) null);
    }

    /** No JSON fits it. */
    static final class WithoutConstructor {
        private final String text;

        WithoutConstructor(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Text on purpose. */
    static final class Tone {
        private final String name;

        @JsonCreator
        Tone(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Neither a constructor without parameters nor one for JSON. */
    static final class Pair {
        Pair(String left, String right) {
            assertThat(left).isEqualTo(right);
        }
    }

    record Wraps(Pair inner) {}

    @Test
    void aClassThatCannotBeCreatedIsAnErrorOfThePlugin() {
        assertThatThrownBy(() -> json.fromJsonString("{\"text\": \"a\"}", WithoutConstructor.class))
                .isInstanceOf(UnreadableBodyClass.class)
                .hasMessageContaining("WithoutConstructor cannot be created from JSON");
        assertThatThrownBy(() -> json.fromJsonString("{\"inner\": {}}", Wraps.class))
                .isInstanceOf(UnreadableBodyClass.class)
                .hasMessageContaining("Wraps cannot be created from JSON");
        assertRefused("{}", Tone.class, "the body must be a valid Tone");
    }
}
