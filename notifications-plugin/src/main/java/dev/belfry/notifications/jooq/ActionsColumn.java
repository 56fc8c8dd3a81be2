package dev.belfry.notifications.jooq;

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

/** Actions as the text of their column: a JSON array of pairs, title and url. */
final class ActionsColumn {

    private static final String NONE = "[]";
    private static final JsonFactory JSON = new JsonFactory();

    private ActionsColumn() {}

    static String write(List<Action> actions) {
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

    static List<Action> read(String text) {
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
            throw new UncheckedIOException("the column of actions does not hold what was written there", e);
        }
        return actions;
    }
}
