package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.web.ApiError;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Scope;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryValuesTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "007, 7", "2147483647, 2147483647", "00000000000000002147483647, 2147483647"})
    void numbersConsistOfDigits(String text, int number) {
        assertThat(QueryValues.number("pageSize", text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", "1.0", "1e3", " 1", "2147483648", "99999999999999999999999", "٣", "0x10", "one"})
    void otherNumbersAreRejected(String text) {
        assertThatThrownBy(() -> QueryValues.number("pageSize", text))
                .isInstanceOf(ApiError.class)
                .hasMessage("query parameter 'pageSize' must be a whole number from 0 to 2147483647, in digits, not '"
                        + text + "'");
    }

    @Test
    void booleansAreTrueOrFalse() {
        assertThat(QueryValues.bool("read", "true")).isTrue();
        assertThat(QueryValues.bool("read", "false")).isFalse();
        for (String other : new String[] {"", "TRUE", "1", "yes"}) {
            assertThatThrownBy(() -> QueryValues.bool("read", other))
                    .hasMessage("query parameter 'read' must be true or false, not '" + other + "'");
        }
    }

    @Test
    void constantsAreInLowerCase() {
        assertThat(QueryValues.word("messageScope", "system", Scope.class)).isEqualTo(Scope.SYSTEM);
        for (String other : new String[] {"", "SYSTEM", "systems"}) {
            assertThatThrownBy(() -> QueryValues.word("messageScope", other, Scope.class))
                    .hasMessage("query parameter 'messageScope' must be one of user, system, all, not '" + other + "'");
        }
        assertThatThrownBy(() -> QueryValues.word("orderBy", "id", Order.Field.class))
                .hasMessageContaining("one of title, message, created, topic, origin");
    }

    @Test
    void uuidsHaveTheirFullForm() {
        String text = "2DAAC6FF-3aaa-420d-b755-d94e54248310";

        assertThat(QueryValues.uuid("messageId", text)).isEqualTo(UUID.fromString(text));
        for (String other : new String[] {"", "1-1-1-1-1", text + "0", "{" + text + "}", text.replace("-", "")}) {
            assertThatThrownBy(() -> QueryValues.uuid("messageId", other))
                    .hasMessageContaining("a UUID (8-4-4-4-12 hexadecimal digits), not '" + other + "'");
        }
    }

    @Test
    void aTextMustNotContainNul() {
        assertThat(QueryValues.text("containsText", "a%b_\\")).isEqualTo("a%b_\\");
        assertThatThrownBy(() -> QueryValues.text("containsText", "a\0")).hasMessageContaining("U+0000");
    }

    @Test
    void longValuesAreShortenedInMessages() {
        assertThatThrownBy(() -> QueryValues.bool("read", "x".repeat(5000)))
                .hasMessageEndingWith("not '" + "x".repeat(100) + "...'");
    }
}
