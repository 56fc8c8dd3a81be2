package dev.belfry.api.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of an {@link EventStream}, in the format of server-sent events (HTML standard, section 9.2). It is immutable and encoded
 * once, so create a single event to send it to many streams.
 *
 * @since 0.2
 */
public final class ServerSentEvent {

    private final String data;
    private final @Nullable String name;
    private final @Nullable String id;
    private final byte[] encoded;

    private ServerSentEvent(String data, @Nullable String name, @Nullable String id) {
        this.data = data;
        this.name = name;
        this.id = id;
        this.encoded = encode(data, name, id).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * An event without a name and an id. Browsers dispatch it as {@code message}.
     *
     * @param data any text, such as JSON; clients receive each line break as {@code \n}. Browsers do not dispatch an event with
     *     empty data
     */
    public static ServerSentEvent of(String data) {
        return new ServerSentEvent(data, null, null);
    }

    /**
     * This event with another name.
     *
     * @param newName the type for which clients listen
     * @throws IllegalArgumentException if {@code newName} is empty or contains a line break
     */
    public ServerSentEvent withName(String newName) {
        if (newName.isEmpty() || hasLineBreak(newName)) {
            throw new IllegalArgumentException(
                    "the name of an event must not be empty or contain a line break: '" + newName + "'");
        }
        return new ServerSentEvent(data, newName, id);
    }

    /**
     * This event with another id. A client that connects again sends the id of the last event that it received; see
     * {@link EventStream#lastEventId()}.
     *
     * @throws IllegalArgumentException if {@code newId} is empty or contains other characters than the printable ones of ASCII:
     *     browsers send it in a header, whose encoding is not defined for others
     */
    public ServerSentEvent withId(String newId) {
        if (newId.isEmpty() || !newId.chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
            throw new IllegalArgumentException(
                    "the id of an event must be one or more printable characters of ASCII, not '" + newId + "'");
        }
        return new ServerSentEvent(data, name, newId);
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    private static String encode(String data, @Nullable String name, @Nullable String id) {
        StringBuilder text = new StringBuilder(data.length() + 32);
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        if (name != null) {
            text.append("event: ").append(name).append('\n');
        }
        for (String line : data.split("\r\n|\r|\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString();
    }

    public String data() {
        return data;
    }

    /** The type for which clients listen; empty = {@code message}. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The event as it is sent, in UTF-8. Every call returns a new read-only view of the same bytes. */
    public ByteBuffer encoded() {
        return ByteBuffer.wrap(encoded).asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return "ServerSentEvent[name=" + name + ", id=" + id + ", " + encoded.length + " bytes]";
    }
}
