package dev.belfry.host.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what a configuration takes from elsewhere: {@code ${VAR}} and {@code ${VAR:-default}} within texts, {@code {$env:
 * VAR}} and {@code {$file: path}} in place of a value. {@code $${} stands for {@code ${}.
 */
final class Substitution {

    private static final Pattern VARIABLE = Pattern.compile("\\$(\\$\\{)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

    private final Map<String, String> environment;
    private final Faults faults;

    Substitution(Map<String, String> environment, Faults faults) {
        this.environment = environment;
        this.faults = faults;
    }

    Value.Tree in(Value.Tree tree) {
        return tree("", tree);
    }

    private Value.Tree tree(String path, Value.Tree tree) {
        Map<String, Value> children = new LinkedHashMap<>();
        tree.children().forEach((key, value) -> {
            String childPath = path.isEmpty() ? key : path + "." + key;
            value(childPath, value).ifPresent(replaced -> children.put(key, replaced));
        });
        return new Value.Tree(children, tree.origin());
    }

    private Optional<Value> value(String path, Value value) {
        return switch (value) {
            case Value.Tree tree
            when tree.children().size() == 1 && tree.children().containsKey("$file") -> file(path, tree);
            case Value.Tree tree
            when tree.children().size() == 1 && tree.children().containsKey("$env") -> variable(path, tree);
            case Value.Tree tree -> Optional.of(tree(path, tree));
            case Value.Items items ->
                Optional.of(new Value.Items(
                        items.items().stream()
                                .flatMap(item -> value(path + "[]", item).stream())
                                .toList(),
                        items.origin()));
            case Value.Scalar(String text, Origin origin) when text.contains("${") -> text(path, text, origin);
            case Value.Scalar scalar -> Optional.of(scalar);
        };
    }

    private Optional<Value> text(String path, String text, Origin origin) {
        StringBuilder replaced = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        boolean complete = true;
        while (matcher.find()) {
            String with = matcher.group(1) != null ? "${" : environment.get(matcher.group(2));
            if (with == null || (with.isEmpty() && matcher.group(3) != null)) {
                with = matcher.group(4);
            }
            if (with == null) {
                faults.add(origin + ": " + path + ": the environment has no variable " + matcher.group(2)
                        + "; set it, or write ${" + matcher.group(2) + ":-default}");
                complete = false;
                with = "";
            }
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(with));
        }
        matcher.appendTail(replaced);
        return complete ? Optional.of(new Value.Scalar(replaced.toString(), origin)) : Optional.empty();
    }

    private Optional<Value> file(String path, Value.Tree reference) {
        Origin origin = reference.origin();
        if (!(reference.children().get("$file") instanceof Value.Scalar(String name, Origin named))) {
            faults.add(origin + ": " + path + ": $file must name a file");
            return Optional.empty();
        }
        Path file = origin.base().resolve(name);
        try {
            return Optional.of(new Value.Scalar(Files.readString(file).strip(), origin));
        } catch (IOException e) {
            faults.add(origin + ": " + path + ": the file " + file + " cannot be read");
            return Optional.empty();
        }
    }

    private Optional<Value> variable(String path, Value.Tree reference) {
        Origin origin = reference.origin();
        if (reference.children().get("$env") instanceof Value.Scalar(String name, Origin named)) {
            String content = environment.get(name);
            if (content != null) {
                return Optional.of(new Value.Scalar(content, origin));
            }
            faults.add(origin + ": " + path + ": the environment has no variable " + name);
        } else {
            faults.add(origin + ": " + path + ": $env must name a variable");
        }
        return Optional.empty();
    }
}
