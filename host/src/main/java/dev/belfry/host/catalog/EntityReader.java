package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.catalog.DocumentReader.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts documents to entities. Kinds other than User and Group are ignored. */
final class EntityReader {

    private final String file;
    private final int firstLine;
    private final List<Entity> entities = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** @param firstLine line of the file where the text begins; first line = 0 */
    EntityReader(String file, int firstLine) {
        this.file = file;
        this.firstLine = firstLine;
    }

    List<Entity> entities() {
        return entities;
    }

    List<String> faults() {
        return faults;
    }

    /** @param line within the text; first line = 0 */
    void fault(int line, String what) {
        faults.add(file + ":" + (firstLine + line + 1) + ": " + what);
    }

    void read(Document document) {
        if (document.content() instanceof Map<?, ?> root) {
            Optional<String> kind = text(root, "kind").map(name -> name.toLowerCase(Locale.ROOT));
            if (kind.isEmpty()) {
                fault(document.line(), "the entity has no kind");
            } else if (kind.get().equals(EntityRef.USER) || kind.get().equals(EntityRef.GROUP)) {
                readEntity(document.line(), root, kind.get());
            }
        } else if (document.content() != null) {
            fault(document.line(), "an entity must be an object");
        }
    }

    private void readEntity(int line, Map<?, ?> root, String kind) {
        Map<?, ?> metadata = map(root, "metadata");
        Optional<String> name = text(metadata, "name");
        if (name.isEmpty()) {
            fault(line, "the " + kind + " has no metadata.name");
            return;
        }
        String namespace = text(metadata, "namespace").orElse(EntityRef.DEFAULT_NAMESPACE);
        try {
            Map<?, ?> spec = map(root, "spec");
            entities.add(new Entity(
                    new EntityRef(kind, namespace, name.get()),
                    refs(spec, "memberOf", EntityRef.GROUP, namespace),
                    refs(spec, "members", EntityRef.USER, namespace),
                    refs(spec, "parent", EntityRef.GROUP, namespace),
                    refs(spec, "children", EntityRef.GROUP, namespace)));
        } catch (IllegalArgumentException e) {
            fault(line, kind + " " + name.get() + ": " + e.getMessage());
        }
    }

    private static List<EntityRef> refs(Map<?, ?> spec, String key, String kind, String namespace) {
        return switch (spec.get(key)) {
            case null -> List.of();
            case List<?> items -> {
                List<EntityRef> refs = new ArrayList<>(items.size());
                items.forEach(item -> refs.add(ref(key, item, kind, namespace)));
                yield refs;
            }
            case Object single -> List.of(ref(key, single, kind, namespace));
        };
    }

    /** A reference without a namespace refers to the entity's own namespace. */
    private static EntityRef ref(String key, @Nullable Object written, String kind, String namespace) {
        if (!(written instanceof String text)) {
            throw new IllegalArgumentException("spec." + key + " must name entities");
        }
        if (text.contains("/")) {
            return EntityRef.parse(text, kind);
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new EntityRef(kind, namespace, text)
                : new EntityRef(text.substring(0, colon), namespace, text.substring(colon + 1));
    }

    private static Optional<String> text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static Map<?, ?> map(Map<?, ?> map, String key) {
        return map.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
    }
}
