package dev.belfry.notifications.jooq.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.belfry.notifications.storage.Content.Action;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The column "actions": a JSON array of arrays [title, url]. */
public final class ActionsColumn {

    private static final String NONE = "[]";
    private static final JsonFactory JSON = new JsonFactory();

    private ActionsColumn() {}

    public static String write(List<Action> actions) {
        if (actions.isEmpty()) {
            return NONE;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Action action : actions) {
                json.writeArray(new String[] {action.title(), action.url()}, 0, 2);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public static List<Action> read(String text) {
        if (text.equals(NONE)) {
            return List.of();
        }
        List<Action> actions = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                actions.add(new Action(json.nextTextValue(), json.nextTextValue()));
                json.nextToken();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("column notification.actions has invalid JSON", e);
        }
        return actions;
    }
}
