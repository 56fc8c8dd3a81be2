package dev.belfry.notifications.rest;

import dev.belfry.api.web.ServerSentEvent;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.UnreadCounts;
import dev.belfry.notifications.stream.StreamEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** The events of a stream, with JSON as their data. */
public final class StreamJson implements StreamEncoder<ServerSentEvent> {

    @Override
    public ServerSentEvent created(Notification notification, boolean muted, String id) {
        return event("created", NotificationJson.of(new InboxItem(notification, false), muted), id);
    }

    @Override
    public ServerSentEvent marked(List<NotificationId> ids, boolean read, String id) {
        return ids.isEmpty()
                ? event("read", "{\"all\":true}", id)
                : event(
                        "read",
                        ids.stream()
                                .map(each -> "\"" + each + "\"")
                                .collect(Collectors.joining(",", "{\"ids\":[", "],\"read\":" + read + "}")),
                        id);
    }

    @Override
    public ServerSentEvent counted(long count, UnreadCounts counts, String id) {
        return event(
                "count",
                "{\"count\":%d,\"personal\":%d,\"system\":%d}".formatted(count, counts.personal(), counts.system()),
                id);
    }

    @Override
    public ServerSentEvent reset(String id) {
        return event("reset", "{}", id);
    }

    private static ServerSentEvent event(String name, String data, String id) {
        return ServerSentEvent.of(data).withName(name).withId(id);
    }

    @Override
    public int size(ServerSentEvent event) {
        return event.encoded().remaining();
    }
}
