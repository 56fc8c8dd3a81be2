package dev.belfry.notifications.rest;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes notifications as JSON, without objects in between. */
final class NotificationJson {

    /** Always with milliseconds; {@link Instant#toString} leaves out zeros. */
    static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    static final String TYPE = "application/json";
    private static final int USUAL_SIZE = 8192;

    /** The buffers are pooled, because a virtual thread serves a single request. */
    static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
            // Otherwise a character beyond the basic plane takes 12 bytes instead of 4.
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private NotificationJson() {}

    /** The JSON of a list. */
    static byte[] of(List<InboxItem> items, MuteList muteList) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
        try {
            write(out, items.iterator(), muteList);
        } catch (IOException e) {
            throw new UncheckedIOException("a write to memory failed", e);
        }
        return out.toByteArray();
    }

    /** The JSON of one notification, as a list has it. */
    static String of(InboxItem item, boolean muted) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, item, muted);
        } catch (IOException e) {
            throw new UncheckedIOException("a write to memory failed", e);
        }
        return text.toString();
    }

    /**
     * Streams a list. If reading fails, the array stays open, so that a client cannot take the response for complete.
     */
    static void answer(Context context, Stream<InboxItem> items, MuteList muteList) throws IOException {
        context.contentType(TYPE);
        // The size of the first write decides about compression.
        OutputStream out = new BufferedOutputStream(context.outputStream());
        write(out, items.iterator(), muteList);
    }

    /** Closes the output unless it fails. */
    @SuppressWarnings("MustBeClosedChecker") // After a failure, closing it would close the array.
    static void write(OutputStream out, Iterator<InboxItem> items, MuteList muteList) throws IOException {
        JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8);
        json.writeStartArray();
        while (items.hasNext()) {
            InboxItem item = items.next();
            write(json, item, muteList.includes(item.notification().content()));
        }
        json.writeEndArray();
        json.close();
    }

    private static void write(JsonGenerator json, InboxItem item, boolean muted) throws IOException {
        Notification notification = item.notification();
        Content content = notification.content();
        json.writeStartObject();
        json.writeStringField("id", notification.id().toString());
        json.writeStringField("created", MILLISECONDS.format(notification.created()));
        json.writeBooleanField("isSystem", notification.system());
        json.writeBooleanField("readByUser", item.read());
        json.writeStringField("origin", content.origin());
        json.writeStringField("title", content.title());
        json.writeStringField("message", content.message());
        json.writeStringField("topic", content.topic());
        if (content.format() == Content.Format.MARKDOWN) {
            json.writeStringField("format", "markdown");
        }
        if (muted) {
            json.writeBooleanField("muted", true);
        }
        json.writeArrayFieldStart("actions");
        for (int i = 0; i < content.actions().size(); i++) {
            json.writeStartObject();
            json.writeStringField("id", actionId(notification.id(), i));
            json.writeStringField("title", content.actions().get(i).title());
            json.writeStringField("url", content.actions().get(i).url());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A stable and unique id, which is not stored. */
    private static String actionId(NotificationId id, int index) {
        return UUID.nameUUIDFromBytes((id + "/" + index).getBytes(StandardCharsets.US_ASCII))
                .toString();
    }
}
