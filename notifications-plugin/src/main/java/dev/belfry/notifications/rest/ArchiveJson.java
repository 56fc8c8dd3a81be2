package dev.belfry.notifications.rest;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** Writes an export: newline-delimited JSON, one notification a line. */
final class ArchiveJson {

    static final String TYPE = "application/x-ndjson";

    private ArchiveJson() {}

    /** Writes one line. */
    @FunctionalInterface
    private interface Line<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    static byte[] of(List<ArchivedNotification> notifications) {
        return lines(notifications, ArchiveJson::write);
    }

    /** Further readers of a notification whose line came before. */
    static byte[] ofReaders(NotificationId id, List<EntityRef> readers) {
        return lines(List.of(readers), (json, users) -> {
            json.writeStartObject();
            json.writeStringField("id", id.toString());
            write(json, "readBy", users);
            json.writeEndObject();
        });
    }

    private static <T> byte[] lines(List<T> values, Line<T> line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = NotificationJson.JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.setRootValueSeparator(new SerializedString("\n"));
            for (T value : values) {
                line.write(json, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a write to memory failed", e);
        }
        if (out.size() > 0) {
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, ArchivedNotification archived) throws IOException {
        Notification notification = archived.addressed().notification();
        Content content = notification.content();
        json.writeStartObject();
        json.writeStringField("id", notification.id().toString());
        json.writeStringField("created", NotificationJson.MILLISECONDS.format(notification.created()));
        json.writeBooleanField("isSystem", notification.system());
        json.writeStringField("origin", content.origin());
        json.writeStringField("title", content.title());
        json.writeStringField("message", content.message());
        json.writeStringField("topic", content.topic());
        json.writeStringField("format", content.format() == Content.Format.MARKDOWN ? "markdown" : "plain");
        json.writeArrayFieldStart("actions");
        for (Content.Action action : content.actions()) {
            json.writeStartObject();
            json.writeStringField("title", action.title());
            json.writeStringField("url", action.url());
            json.writeEndObject();
        }
        json.writeEndArray();
        write(json, "targetUsers", archived.addressed().addressees().users());
        write(json, "targetGroups", archived.addressed().addressees().groups());
        write(json, "readBy", archived.readers());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Collection<EntityRef> refs) throws IOException {
        json.writeArrayFieldStart(field);
        for (EntityRef ref : refs) {
            json.writeString(ref.qualifiedName());
        }
        json.writeEndArray();
    }
}
