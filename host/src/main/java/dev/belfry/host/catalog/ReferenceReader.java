package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads references from one entity to another. */
final class ReferenceReader {

    /** References by their text: thousands of users name the same groups. */
    private final Map<Scope, Map<String, EntityRef>> known = new HashMap<>();

    /** The defaults for a reference without a kind or a namespace. */
    private record Scope(String kind, String namespace) {}

    /**
     * @param kind of a reference that has none
     * @param namespace of the entity that has the reference; a reference without a namespace refers to it
     * @throws IllegalArgumentException saying what is wrong with the reference
     */
    EntityRef read(@Nullable Object written, String kind, String namespace) {
        if (!(written instanceof String text)) {
            throw new IllegalArgumentException("a reference must be a string, not " + typeOf(written));
        }
        return known.computeIfAbsent(new Scope(kind, namespace), scope -> new HashMap<>())
                .computeIfAbsent(text, name -> parse(name, kind, namespace));
    }

    private static String typeOf(@Nullable Object written) {
        return switch (written) {
            case null -> "null";
            case List<?> _ -> "an array";
            default -> "an object";
        };
    }

    private static EntityRef parse(String text, String kind, String namespace) {
        if (text.contains("/")) {
            return EntityRef.parse(text, kind);
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new EntityRef(kind, namespace, text)
                : new EntityRef(text.substring(0, colon), namespace, text.substring(colon + 1));
    }
}
