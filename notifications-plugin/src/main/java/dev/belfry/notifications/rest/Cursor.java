package dev.belfry.notifications.rest;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.SeekPosition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of a list: an opaque text for a {@link SeekPosition}. A text that is too long for a URL is read from the store again,
 * if the notification reaches the reader.
 */
final class Cursor {

    private static final int LONGEST_TEXT = 1000;
    private static final String NO_TEXT = "-";
    private static final String TEXT = "=";
    private static final String LOOK_UP = "?";
    private static final Pattern FORM = Pattern.compile("(\\w+ \\w+) ([0-9a-f-]{36}) ([-=?])(.*)", Pattern.DOTALL);

    private Cursor() {}

    static String behind(Notification notification, Order order) {
        String text = notification.text(order.field());
        String kept = text == null ? NO_TEXT : text.length() > LONGEST_TEXT ? LOOK_UP : TEXT + text;
        return encoded(notification.id(), order, kept);
    }

    /** The cursor after a notification whose texts are not known. */
    static String behind(NotificationId id, Order order) {
        return encoded(id, order, order.field() == Order.Field.CREATED ? NO_TEXT : LOOK_UP);
    }

    private static String encoded(NotificationId id, Order order, String kept) {
        String plain = name(order) + " " + id + " " + kept;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ApiError when the cursor is invalid or of another order, or the notification to look up does not exist anymore */
    static SeekPosition read(String name, String value, Order order, Inbox inbox, EntityRef reader) {
        String plain = decoded(value);
        Matcher parts = FORM.matcher(plain == null ? "" : plain);
        if (!parts.matches()) {
            throw QueryValues.wrong(name, value, "the cursor of a Link header");
        }
        if (!parts.group(1).equals(name(order))) {
            throw ApiError.input("query parameter '" + name + "' is of a list in the order '" + parts.group(1)
                    + "', not '" + name(order) + "'");
        }
        UUID uuid = UUID.fromString(parts.group(2));
        if (!NotificationId.isValid(uuid)) {
            throw QueryValues.wrong(name, value, "the cursor of a Link header");
        }
        NotificationId id = new NotificationId(uuid);
        return switch (parts.group(3)) {
            case TEXT -> new SeekPosition(id, parts.group(4));
            case LOOK_UP ->
                inbox.find(reader, id)
                        .map(item -> SeekPosition.of(item.notification(), order))
                        .orElseThrow(() -> ApiError.input("what query parameter '" + name
                                + "' goes on from is no longer there; begin again without it"));
            default -> new SeekPosition(id, null);
        };
    }

    private static String name(Order order) {
        return (order.field() + " " + order.direction()).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String decoded(String value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(value)))
                    .toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }
}
