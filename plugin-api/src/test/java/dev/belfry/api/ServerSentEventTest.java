package dev.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belfry.api.web.ServerSentEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventTest {

    private static String encoded(ServerSentEvent event) {
        return StandardCharsets.UTF_8.decode(event.encoded()).toString();
    }

    @Test
    void anEventIsEncodedAsTheStandardSays() {
        assertThat(encoded(ServerSentEvent.of("ding"))).isEqualTo("data: ding\n\n");
        assertThat(encoded(ServerSentEvent.of("\u00fc").withName("ring").withId("7")))
                .isEqualTo("id: 7\nevent: ring\ndata: \u00fc\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nevent: b\n\nc", "a\r\nevent: b\r\n\r\nc", "a\revent: b\r\rc"})
    void dataCannotAddFieldsOrEvents(String data) {
        assertThat(encoded(ServerSentEvent.of(data))).isEqualTo("data: a\ndata: event: b\ndata: \ndata: c\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\rb"})
    void aNameIsOneLine(String name) {
        ServerSentEvent event = ServerSentEvent.of("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.withName(name))
                .withMessageContaining("the name of an event must not be empty or contain a line break");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\rb", "a\0b", "\u00e9", "\u007f"})
    void anIdIsPrintableAscii(String id) {
        ServerSentEvent event = ServerSentEvent.of("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.withId(id))
                .withMessageContaining("the id of an event must be one or more printable characters of ASCII, not");
    }

    @Test
    void readersOfTheBytesDoNotDisturbEachOther() {
        ServerSentEvent event = ServerSentEvent.of("ding");
        event.encoded().get();

        assertThat(event.encoded().remaining()).isEqualTo(12);
        assertThat(event.encoded().isReadOnly()).isTrue();
    }
}
