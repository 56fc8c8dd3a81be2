package dev.belfry.host.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML file into values that know their lines. */
final class YamlReader {

    private final Path file;
    private final String shown;
    private final Path base;
    private final Faults faults;

    private YamlReader(Path file, String shown, Faults faults) {
        this.file = file;
        this.shown = shown;
        this.base = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        this.faults = faults;
    }

    /**
     * @param shown how messages name the file
     * @return an empty tree when the file cannot be read; the fault has then been noted
     */
    static Value.Tree read(Path file, String shown, Faults faults) {
        return new YamlReader(file, shown, faults).read();
    }

    private Value.Tree read() {
        Value.Tree empty = new Value.Tree(Map.of(), new Origin(shown, 0, base));
        try (Reader reader = Files.newBufferedReader(file)) {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Node root = new Yaml(options).compose(reader);
            if (root == null) {
                return empty;
            }
            if (convert(root) instanceof Value.Tree tree) {
                return tree;
            }
            faults.add(shown + ": must hold a map of keys");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            faults.add(new Origin(shown, line, base) + ": is no valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            faults.add(shown + ": is no valid YAML: " + e.getMessage());
        } catch (IOException e) {
            faults.add(shown + ": cannot be read: " + e);
        }
        return empty;
    }

    private Value convert(Node node) {
        Origin origin = new Origin(shown, node.getStartMark().getLine() + 1, base);
        return switch (node) {
            case MappingNode mapping -> new Value.Tree(children(mapping), origin);
            case SequenceNode sequence ->
                new Value.Items(sequence.getValue().stream().map(this::convert).toList(), origin);
            case ScalarNode scalar -> new Value.Scalar(content(scalar), origin);
            default -> throw new YAMLException("unexpected " + node.getNodeId());
        };
    }

    private Map<String, Value> children(MappingNode mapping) {
        Map<String, Value> children = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            Value value = convert(tuple.getValueNode());
            // The line of the key is the line that an operator looks for.
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (children.put(key, at(line, value)) != null) {
                faults.add(new Origin(shown, line, base) + ": the key '" + key + "' is given twice");
            }
        }
        return children;
    }

    private Value at(int line, Value value) {
        Origin origin = new Origin(shown, line, base);
        return switch (value) {
            case Value.Tree tree -> new Value.Tree(tree.children(), origin);
            case Value.Items items -> new Value.Items(items.items(), origin);
            case Value.Scalar scalar -> new Value.Scalar(scalar.content(), origin);
        };
    }

    /** As YAML 1.2 has it: {@code on} and {@code yes} are texts. */
    private static @Nullable Object content(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL) && List.of("true", "false").contains(text.toLowerCase(java.util.Locale.ROOT))) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT) && text.matches("[-+]?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        if (tag.equals(Tag.FLOAT) && text.matches("[-+]?\\d+\\.\\d+")) {
            return Double.valueOf(text);
        }
        return text;
    }
}
