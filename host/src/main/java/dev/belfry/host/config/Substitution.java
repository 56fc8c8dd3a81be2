package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Substitutes references: {@link VariableText variables} within strings, {@code {$env: VAR}}, {@code {$file: path}} and
 * {@code {$include: path#key.key}} in place of a value.
 */
final class Substitution {

    private static final int MAX_INCLUDES = 10;
    private static final String ENV = "$env";
    private static final String FILE = "$file";
    private static final String INCLUDE = "$include";

    /** Keys that stand for the content of their object. */
    static final Set<String> DIRECTIVES = Set.of(ENV, FILE, INCLUDE);

    private final Map<String, String> environment;
    private final Set<Path> files;
    private final int includes;

    Substitution(Map<String, String> environment) {
        this(environment, new LinkedHashSet<>(), 0);
    }

    private Substitution(Map<String, String> environment, Set<Path> files, int includes) {
        this.environment = environment;
        this.files = files;
        this.includes = includes;
    }

    /** The files that references named so far, whether they exist or not. */
    Set<Path> files() {
        return files;
    }

    /** The content of a file. As in Backstage, it may be one directive. */
    Value ofFile(Value.Tree content) {
        return value(content);
    }

    private Value.Tree in(Value.Tree tree) {
        Map<String, Value> children = new LinkedHashMap<>();
        tree.children()
                .forEach((key, value) ->
                        children.put(key, DIRECTIVES.contains(key) ? beside(value.location()) : value(value)));
        return new Value.Tree(children, tree.location());
    }

    /** A directive that is not alone: nothing says which of two contents counts. Backstage refuses it as well. */
    private static Value beside(SourceLocation location) {
        return new Value.Unresolved("must be the only key of its object; write it below a key of its own", location);
    }

    private Value value(Value value) {
        return switch (value) {
            case Value.Tree tree when tree.children().size() == 1 -> directive(tree);
            case Value.Tree tree -> in(tree);
            case Value.Items items ->
                new Value.Items(items.items().stream().map(this::value).toList(), items.location());
            case Value.Scalar scalar
            when scalar.content() instanceof String text && text.contains("${") -> text(text, scalar.location());
            default -> value;
        };
    }

    private Value directive(Value.Tree tree) {
        return switch (tree.children().keySet().iterator().next()) {
            case ENV -> argument(tree, this::variable);
            case FILE -> argument(tree, this::file);
            case INCLUDE -> argument(tree, this::include);
            default -> in(tree);
        };
    }

    private Value argument(Value.Tree tree, BiFunction<String, SourceLocation, Value> meaning) {
        return switch (value(tree.children().values().iterator().next())) {
            case Value.Scalar scalar
            when scalar.content() != null -> meaning.apply(String.valueOf(scalar.content()), tree.location());
            case Value.Unresolved unresolved -> unresolved;
            case Value other ->
                new Value.Unresolved(
                        String.join("", tree.children().keySet()) + " must be a string, not " + other.kind(),
                        other.location());
        };
    }

    private Value text(String text, SourceLocation location) {
        try {
            VariableText variables = new VariableText(text, environment);
            String replaced = variables.replaced();
            List<String> names = variables.variables();
            return new Value.Scalar(replaced, names.isEmpty() ? location : location.of(names));
        } catch (VariableText.Unset e) {
            return Value.Unresolved.unset(String.valueOf(e.getMessage()), location);
        } catch (IllegalArgumentException e) {
            return new Value.Unresolved(String.valueOf(e.getMessage()), location);
        }
    }

    private Value variable(String name, SourceLocation location) {
        String content = environment.get(name);
        return content == null
                ? Value.Unresolved.unset("the environment variable " + name + " is not set", location)
                : new Value.Scalar(content, location.of(List.of(name)));
    }

    private Value file(String name, SourceLocation location) {
        NamedFile file = NamedFile.parse(name, location);
        files.add(file.path());
        try {
            return new Value.Scalar(
                    RegularFile.text(Files.readAllBytes(file.path())).strip(), location.asHidden());
        } catch (IOException e) {
            return unreadable(file, e);
        }
    }

    private Value include(String target, SourceLocation location) {
        String name = target.replaceFirst("#.*", "");
        if (includes == MAX_INCLUDES) {
            return new Value.Unresolved("the file '" + name + "' includes itself", location);
        }
        NamedFile file = NamedFile.parse(name, location);
        files.add(file.path());
        try {
            Value.Tree content = YamlReader.readIncluded(file.path(), location.search());
            Value part = target.equals(name) ? content : part(content, target.substring(name.length() + 1), location);
            return new Substitution(environment, files, includes + 1).value(part);
        } catch (IOException e) {
            return unreadable(file, e);
        } catch (ConfigurationException e) {
            return new Value.Unresolved(String.join("; ", e.faults()), location);
        }
    }

    private static Value part(Value content, String keys, SourceLocation location) {
        Value part = content;
        for (String key : keys.split("\\.")) {
            part = part instanceof Value.Tree tree ? tree.children().get(key) : null;
            if (part == null) {
                return new Value.Unresolved("the included file has no '" + keys + "'", location);
            }
        }
        return part;
    }

    private static Value unreadable(NamedFile file, IOException e) {
        String reason = file.exists()
                ? "the file '" + file.text() + "' cannot be read: " + RegularFile.reason(file.path(), e)
                : "the file " + file.absence();
        return new Value.Unresolved(reason, file.place());
    }
}
