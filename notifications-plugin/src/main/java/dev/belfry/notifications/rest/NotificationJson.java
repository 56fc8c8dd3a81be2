package dev.belfry.notifications.rest;

import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A notification as the answers have it. */
record NotificationJson(
        String id,
        String created,
        boolean isSystem,
        boolean readByUser,
        String origin,
        String title,
        @Nullable String message,
        @Nullable String topic,
        List<Action> actions) {

    /** Always three digits of milliseconds: {@link Instant#toString} leaves out those that are zero. */
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    record Action(String id, String title, String url) {}

    static NotificationJson of(Delivery delivery) {
        Notification notification = delivery.notification();
        Content content = notification.content();
        return new NotificationJson(
                notification.id().toString(),
                MILLISECONDS.format(notification.created()),
                notification.system(),
                delivery.read(),
                content.origin(),
                content.title(),
                content.message(),
                content.topic(),
                actions(notification.id(), content.actions()));
    }

    private static List<Action> actions(NotificationId id, List<Content.Action> actions) {
        return IntStream.range(0, actions.size())
                .mapToObj(i -> new Action(
                        actionId(id, i), actions.get(i).title(), actions.get(i).url()))
                .toList();
    }

    /** The same at each reading, and of no other action, without being stored. */
    private static String actionId(NotificationId id, int index) {
        return UUID.nameUUIDFromBytes((id + "/" + index).getBytes(StandardCharsets.US_ASCII))
                .toString();
    }
}
