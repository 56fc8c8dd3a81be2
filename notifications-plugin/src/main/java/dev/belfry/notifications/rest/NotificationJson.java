package dev.belfry.notifications.rest;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

/** Notifications as the answers have them, written as they are read: no object stands in between. */
final class NotificationJson {

    /** Always three digits of milliseconds: {@link Instant#toString} leaves out those that are zero. */
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    static final String TYPE = "application/json";
    private static final int USUAL_SIZE = 8192;

    /** With buffers that are used again by whichever thread: a virtual one serves a single request. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
            // Else a character beyond the basic plane takes twelve bytes, not four.
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private NotificationJson() {}

    /** A list that is held. */
    static byte[] of(List<InboxItem> items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
        try {
            write(out, items.iterator());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return out.toByteArray();
    }

    /**
     * Answers a list that is read as it is written. Where reading fails on the way, the array stays open: a closed one would be
     * taken for a whole answer.
     */
    static void answer(Context context, Stream<InboxItem> items) throws IOException {
        context.contentType(TYPE);
        // Whether to compress is decided by the size of the first write.
        OutputStream out = new BufferedOutputStream(context.outputStream());
        write(out, items.iterator());
    }

    /** Closes what it writes to, unless it fails. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it would close the array, too, when something has failed.
    static void write(OutputStream out, Iterator<InboxItem> items) throws IOException {
        JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8);
        json.writeStartArray();
        while (items.hasNext()) {
            write(json, items.next());
        }
        json.writeEndArray();
        json.close();
    }

    private static void write(JsonGenerator json, InboxItem item) throws IOException {
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

    /** The same at each reading, and of no other action, without being stored. */
    private static String actionId(NotificationId id, int index) {
        return UUID.nameUUIDFromBytes((id + "/" + index).getBytes(StandardCharsets.US_ASCII))
                .toString();
    }
}
