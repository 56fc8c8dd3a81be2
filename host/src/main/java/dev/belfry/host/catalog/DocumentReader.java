package dev.belfry.host.catalog;

import dev.belfry.host.directory.EntityDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML documents into maps, lists and strings. Most of an entity is irrelevant here: keys that nobody
 * needs have no value. Uses the parser's events, since a tree of nodes takes as much memory again.
 */
final class DocumentReader {

    private static final Set<String> WANTED = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "name",
            "namespace",
            "spec",
            "memberOf",
            "profile",
            "displayName",
            "email",
            "title",
            "annotations",
            EntityDirectory.KEYCLOAK_ID,
            "members",
            "parent",
            "children",
            "type",
            "target",
            "targets",
            "presence");
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    /** Users and groups need 5 levels. Each level uses stack. */
    private static final int MAX_DEPTH = 100;

    private final Parser events;
    private int depth;
    private Optional<RepeatedKey> repeated = Optional.empty();
    private final Map<String, @Nullable Object> anchors = new HashMap<>();

    /**
     * @param line where it begins; first line = 0
     * @param content a map, list or string; null for an empty document
     * @param repeated the first key that a map has twice; its last value counts
     */
    record Document(int line, @Nullable Object content, Optional<RepeatedKey> repeated) {}

    /** @param line of the second one; first line = 0 */
    record RepeatedKey(String key, int line) {}

    DocumentReader(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        events = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * @return null at the end
     * @throws org.yaml.snakeyaml.error.YAMLException when the text is not valid YAML
     */
    @Nullable
    Document next() {
        if (events.checkEvent(ID.StreamStart)) {
            events.getEvent();
        }
        if (events.checkEvent(ID.StreamEnd)) {
            return null;
        }
        events.getEvent();
        anchors.clear();
        depth = 0;
        repeated = Optional.empty();
        int line = events.peekEvent().getStartMark().getLine();
        Object content = node(true);
        events.getEvent();
        return new Document(line, content, repeated);
    }

    /** @param wanted whether the content is needed; otherwise it is skipped unless an alias may refer to it */
    private @Nullable Object node(boolean wanted) {
        Event event = events.getEvent();
        if (event instanceof AliasEvent alias) {
            return anchors.get(alias.getAnchor());
        }
        String anchor = ((NodeEvent) event).getAnchor();
        boolean kept = wanted || anchor != null;
        if (++depth > MAX_DEPTH) {
            throw new ParserException(
                    null, null, "it is nested deeper than " + MAX_DEPTH + " levels", event.getStartMark());
        }
        Object content = switch (event.getEventId()) {
            case Scalar -> text((ScalarEvent) event);
            case SequenceStart -> sequence(kept);
            default -> mapping(kept);
        };
        depth--;
        if (anchor != null) {
            anchors.put(anchor, content);
        }
        return content;
    }

    private static @Nullable String text(ScalarEvent scalar) {
        return scalar.isPlain() && NOTHING.contains(scalar.getValue()) ? null : scalar.getValue();
    }

    private List<@Nullable Object> sequence(boolean kept) {
        List<@Nullable Object> items = kept ? new ArrayList<>() : List.of();
        while (!events.checkEvent(ID.SequenceEnd)) {
            Object item = node(kept);
            if (kept) {
                items.add(item);
            }
        }
        events.getEvent();
        return items;
    }

    private Map<String, @Nullable Object> mapping(boolean kept) {
        Map<String, @Nullable Object> entries = kept ? new LinkedHashMap<>() : Map.of();
        while (!events.checkEvent(ID.MappingEnd)) {
            int line = events.peekEvent().getStartMark().getLine();
            String key = String.valueOf(node(true));
            boolean matters = kept && WANTED.contains(key);
            if (matters && entries.containsKey(key) && repeated.isEmpty()) {
                repeated = Optional.of(new RepeatedKey(key, line));
            }
            Object value = node(matters);
            if (kept) {
                entries.put(key, matters ? value : null);
            }
        }
        events.getEvent();
        return entries;
    }
}
