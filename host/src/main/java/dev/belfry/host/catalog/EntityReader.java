package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads documents into entities. Kinds other than user and group are none of Belfry's business. */
final class EntityReader {

    private final String file;
    private final int firstLine;
    private final List<Entity> entities = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** @param firstLine where the text that is read begins within its file; first line = 0 */
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

    /** @param line within the text that is read; first line = 0 */
    void fault(int line, String what) {
        faults.add(file + ":" + (firstLine + line + 1) + ": " + what);
    }

    private void fault(Node at, String what) {
        fault(at.getStartMark().getLine(), what);
    }

    void read(Node document) {
        if (!(document instanceof MappingNode root)) {
            if (!(document instanceof ScalarNode empty) || !empty.getValue().isEmpty()) {
                fault(document, "an entity must be a map");
            }
            return;
        }
        Optional<String> kind = text(root, "kind").map(name -> name.toLowerCase(Locale.ROOT));
        if (kind.isEmpty()) {
            fault(root, "the entity has no kind");
        } else if (kind.get().equals(EntityRef.USER) || kind.get().equals(EntityRef.GROUP)) {
            readEntity(root, kind.get());
        }
    }

    private void readEntity(MappingNode root, String kind) {
        Optional<MappingNode> metadata = map(root, "metadata");
        Optional<String> name = metadata.flatMap(node -> text(node, "name"));
        if (name.isEmpty()) {
            fault(root, "the " + kind + " has no metadata.name");
            return;
        }
        String namespace = metadata.flatMap(node -> text(node, "namespace")).orElse(EntityRef.DEFAULT_NAMESPACE);
        try {
            EntityRef ref = new EntityRef(kind, namespace, name.get());
            Optional<MappingNode> spec = map(root, "spec");
            entities.add(new Entity(
                    ref,
                    refs(spec, "memberOf", EntityRef.GROUP, namespace),
                    refs(spec, "members", EntityRef.USER, namespace),
                    refs(spec, "parent", EntityRef.GROUP, namespace),
                    refs(spec, "children", EntityRef.GROUP, namespace)));
        } catch (IllegalArgumentException e) {
            fault(root, String.valueOf(e.getMessage()));
        }
    }

    /** References without a namespace are to the entity's own. */
    private static List<EntityRef> refs(Optional<MappingNode> spec, String key, String kind, String namespace) {
        return spec.flatMap(node -> child(node, key)).map(EntityReader::texts).orElse(List.of()).stream()
                .map(text -> ref(text, kind, namespace))
                .toList();
    }

    private static EntityRef ref(String text, String kind, String namespace) {
        if (text.contains("/")) {
            return EntityRef.parse(text, kind);
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new EntityRef(kind, namespace, text)
                : new EntityRef(text.substring(0, colon), namespace, text.substring(colon + 1));
    }

    private static List<String> texts(Node node) {
        return switch (node) {
            case SequenceNode sequence ->
                sequence.getValue().stream()
                        .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "")
                        .toList();
            case ScalarNode scalar when !scalar.getValue().isEmpty() -> List.of(scalar.getValue());
            default -> List.of();
        };
    }

    private static Optional<Node> child(MappingNode node, String key) {
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                return Optional.of(tuple.getValueNode());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(MappingNode node, String key) {
        return child(node, key)
                .map(found -> found instanceof ScalarNode scalar ? scalar.getValue() : "")
                .filter(value -> !value.isBlank());
    }

    private static Optional<MappingNode> map(MappingNode node, String key) {
        return child(node, key)
                .flatMap(found -> found instanceof MappingNode map ? Optional.of(map) : Optional.empty());
    }
}
