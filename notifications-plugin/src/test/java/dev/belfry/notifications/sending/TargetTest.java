package dev.belfry.notifications.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.contract.Property;
import dev.belfry.notifications.storage.contract.Texts;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    private static final String ENDS = "abcXYZ059";
    private static final String MIDDLE = ENDS + "-_.";

    @ParameterizedTest
    @CsvSource({
        "default/guest, default/guest",
        "Default/Guest, default/guest",
        "user:default/guest, default/guest",
        "USER:a.b-c_d/X9, a.b-c_d/x9",
        "a/b, a/b"
    })
    void readsUsersInAnyCaseWithAndWithoutTheKind(String text, String ref) {
        assertThat(Target.parse(EntityRef.USER, text).qualifiedName()).isEqualTo(ref);
    }

    @Test
    void parsesGroups() {
        assertThat(Target.parse(EntityRef.GROUP, "group:default/Ringers"))
                .isEqualTo(EntityRef.group("default", "ringers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guest", "user:guest", "a/b/c", "user:group:a/b", "a:b", ":"})
    void rejectsOtherForms(String text) {
        assertThatThrownBy(() -> Target.parse(EntityRef.USER, text))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("'" + text + "' is not of the form namespace/name or user:namespace/name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/guest",
                "default/",
                "-a/b",
                "a/b-",
                "a/.b",
                "a/b c",
                "a/ß",
                " a/b",
                "a/b\n",
                "a/\u212Aelvin",
                "a/İ",
                "a/x12345678901234567890123456789012345678901234567890123456789012x"
            })
    void refusesPartsThatNoCatalogHas(String text) {
        assertThatThrownBy(() -> Target.parse(EntityRef.USER, text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("must have 1 to 63 of the characters a-z, 0-9, '-', '_' and '.'");
    }

    @Test
    void rejectsAKindWithLettersThatBecomeAsciiInAnotherCase() {
        assertThatThrownBy(() -> Target.parse(EntityRef.USER, "u\u017Fer:default/ada"))
                .hasMessage("'u\u017Fer:default/ada' must name a user, not 'u\u017Fer'");
    }

    @Test
    void rejectsTheOtherKind() {
        assertThatThrownBy(() -> Target.parse(EntityRef.USER, "group:default/ringers"))
                .hasMessage("'group:default/ringers' must name a user, not 'group'");
        assertThatThrownBy(() -> Target.parse(EntityRef.GROUP, ":default/ringers"))
                .hasMessage("':default/ringers' must name a group, not ''");
    }

    @Test
    void aValidTargetIsConvertedToLowerCase() throws Exception {
        Property.holds(500, random -> {
            String ref = part(random) + "/" + part(random);
            String text = random.nextBoolean() ? "uSeR:" + ref : ref;
            assertThat(Target.parse(EntityRef.USER, text).qualifiedName()).isEqualTo(ref.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void anyTextIsParsedOrRejectedWithAReason() throws Exception {
        Property.holds(500, random -> {
            String text =
                    new Texts(random).some(0, 6) + (random.nextBoolean() ? "/" : ":") + new Texts(random).some(0, 6);
            try {
                assertThat(Target.parse(EntityRef.GROUP, text).qualifiedName())
                        .matches("[a-z0-9_.-]{1,63}/[a-z0-9_.-]{1,63}");
            } catch (InvalidInput e) {
                assertThat(e.reason()).contains("'");
            }
        });
    }

    private static String part(RandomGenerator random) {
        StringBuilder part = new StringBuilder().append(one(random, ENDS));
        int length = random.nextInt(1, 64);
        while (part.length() < length - 1) {
            part.append(one(random, MIDDLE));
        }
        return length == 1 ? part.toString() : part.append(one(random, ENDS)).toString();
    }

    private static char one(RandomGenerator random, String letters) {
        return letters.charAt(random.nextInt(letters.length()));
    }
}
