package dev.belfry.host.config;

import dev.belfry.host.files.InvalidYaml;
import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserException;

/** Reads a YAML file into values with line numbers. */
final class YamlReader {

    private static final int MAX_DEPTH = 100;

    /** A few lines of aliases can expand to more than fits into memory. */
    private static final int MAX_VALUES = 100_000;

    /** Of objects and arrays. */
    private static final int MAX_ALIASES = 1_000;

    private static final String TOO_DEEP = "Nesting Depth exceeded";
    private static final String SECOND_DOCUMENT = "but found another document";

    private static final LoaderOptions NESTING = new LoaderOptions();

    private final Path file;
    private final String shown;
    private final SourceLocation whole;
    private final Problems problems;

    /** Whether a key that occurs twice costs the entry that has it, and not the file. */
    private final boolean hasEntries;

    private int values;

    private YamlReader(Path file, String shown, PathSearch search, Problems problems, boolean hasEntries) {
        this.hasEntries = hasEntries;
        this.file = file;
        this.shown = shown;
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        this.whole = new SourceLocation(shown, 0, folder, search);
        this.problems = problems;
    }

    /**
     * @param shown the file's name in messages
     * @return an empty tree when the file cannot be read; the problem is recorded
     */
    static Value.Tree read(Path file, String shown, PathSearch search, Problems problems) {
        return switch (new YamlReader(file, shown, search, problems, false).read()) {
            case Value.Tree tree -> tree;
            case Value other -> {
                problems.add(other.location() + ": must contain an object, not " + other.kind());
                yield new Value.Tree(Map.of(), other.location());
            }
        };
    }

    /**
     * As {@link #read}, for a file that may contain another value than an object. The value of a key that occurs twice in
     * an entry is unresolved.
     */
    static Value readPluginList(Path file, PathSearch search, Problems problems) {
        return new YamlReader(file, file.toString(), search, problems, true).read();
    }

    /** @throws dev.belfry.api.ConfigurationException when the file is not valid YAML */
    static Value.Tree readIncluded(Path file, PathSearch search) throws IOException {
        RegularFile.attributes(file);
        Problems problems = new Problems(new Notices());
        Value.Tree content = read(file, file.toString(), search, problems);
        problems.throwIfAny();
        return content;
    }

    private Value read() {
        Value.Tree empty = new Value.Tree(Map.of(), whole);
        String text = "";
        try {
            // Not only a regular file: a shell can pass a pipe.
            text = RegularFile.text(Files.readAllBytes(file));
            Node root = TabsInYaml.compose(yaml(), text);
            if (root == null) {
                return empty;
            }
            Value content = convert(root, 0);
            return content.isNull() ? empty : content;
        } catch (YAMLException e) {
            InvalidYaml invalid = InvalidYaml.of(e, 0);
            String place = invalid.line() == 0 ? where(e, text) : whole.atLine(invalid.line()) + ":" + invalid.column();
            problems.add(severalObjects(invalid.reason(), text)
                    .orElseGet(() -> place + ": is not valid YAML: " + plain(invalid.reason())));
        } catch (IOException e) {
            problems.add(shown + ": cannot be read: " + RegularFile.reason(file, e));
        }
        return empty;
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setMergeOnCompose(true);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        return new Yaml(options);
    }

    /** Kubernetes objects are valid YAML, and each of them would be refused in a file of its own. */
    private Optional<String> severalObjects(String reason, String text) {
        if (!reason.equals(SECOND_DOCUMENT)) {
            return Optional.empty();
        }
        List<Value.Tree> documents = new ArrayList<>();
        try {
            for (Node root : yaml().composeAll(new StringReader(text))) {
                if (convert(root, 0) instanceof Value.Tree tree) {
                    documents.add(tree);
                }
            }
        } catch (YAMLException e) {
            // The documents before the faulty one suffice.
            return OtherKinds.kubernetesResources(documents);
        }
        return OtherKinds.kubernetesResources(documents);
    }

    /** The parser's words for its own limits say neither what is meant nor what to do. */
    private static String plain(String text) {
        if (text.startsWith(TOO_DEEP)) {
            return "nested deeper than " + NESTING.getNestingDepthLimit() + " levels";
        }
        if (text.startsWith("Number of aliases")) {
            return "has more than " + MAX_ALIASES + " aliases of objects and arrays; write some of them out";
        }
        if (text.startsWith("Global tag is not allowed: ")) {
            return "the tag '" + text.substring(text.indexOf(':') + 2)
                    + "' is not supported; write the value without a tag";
        }
        if (text.startsWith("expected a digit or '.'")) {
            return "%YAML names no version; write %YAML 1.2, or remove the line";
        }
        if (text.equals(SECOND_DOCUMENT)) {
            return "a second document begins here, after '---'; write it to a file of its own";
        }
        return text;
    }

    /** SnakeYAML does not report where the nesting is too deep. */
    private String where(YAMLException failure, String text) {
        if (String.valueOf(failure.getMessage()).startsWith(TOO_DEEP)) {
            try {
                int depth = 0;
                for (Event event : new Yaml().parse(new StringReader(text))) {
                    depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
                    if (depth > NESTING.getNestingDepthLimit()) {
                        return whole.atLine(event.getStartMark().getLine() + 1).toString();
                    }
                }
            } catch (YAMLException e) {
                // Report it without the line.
                return shown;
            }
        }
        return shown;
    }

    private Value convert(Node node, int depth) {
        if (depth > MAX_DEPTH) {
            throw refused(node, "nested deeper than " + MAX_DEPTH + " levels, or an alias contains itself");
        }
        if (++values > MAX_VALUES) {
            throw refused(node, "has more than " + MAX_VALUES + " values, counting the values behind each alias");
        }
        SourceLocation location = whole.atLine(node.getStartMark().getLine() + 1);
        return switch (node) {
            case MappingNode mapping -> new Value.Tree(children(mapping, depth), location);
            case SequenceNode sequence ->
                new Value.Items(
                        sequence.getValue().stream()
                                .map(item -> convert(item, depth + 1))
                                .toList(),
                        location);
            case ScalarNode scalar ->
                new Value.Scalar(
                        scalar.isPlain() ? ScalarText.meaning(scalar.getValue()) : scalar.getValue(), location);
            default -> throw new YAMLException("unexpected " + node.getNodeId());
        };
    }

    private static YAMLException refused(Node node, String why) {
        return new ParserException(null, null, why, node.getStartMark());
    }

    private Map<String, Value> children(MappingNode mapping, int depth) {
        Map<String, Value> children = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            // The key's line is what an operator looks for.
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(whole.atLine(line) + ": a key must be a string");
                continue;
            }
            String key = name.getValue();
            Value value = convert(tuple.getValueNode(), depth + 1);
            if (children.put(key, at(line, value)) != null) {
                String reason = "the key '" + key + "' occurs twice";
                if (hasEntries && depth > 0) {
                    children.put(key, new Value.Unresolved(reason, whole.atLine(line)));
                } else {
                    problems.add(whole.atLine(line) + ": " + reason);
                }
            }
        }
        return children;
    }

    private Value at(int line, Value value) {
        SourceLocation location = whole.atLine(line);
        return switch (value) {
            case Value.Tree tree -> new Value.Tree(tree.children(), location);
            case Value.Items items -> new Value.Items(items.items(), location);
            case Value.Scalar scalar -> new Value.Scalar(scalar.content(), location);
            case Value.Unresolved unresolved -> unresolved;
        };
    }
}
