package dev.belfry.host.config;

import dev.belfry.host.spelling.ClosestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads files in the format of dynamic-plugins.yaml, with the files that they include. */
final class PluginListFiles {

    static final String PLUGINS = "plugins";
    private static final String INCLUDES = "includes";
    private static final Set<String> KEYS = OtherKinds.PLUGIN_LIST;

    private final Problems problems;
    private final Set<Path> onTheWay = new LinkedHashSet<>();
    private final Set<Path> read = new LinkedHashSet<>();

    PluginListFiles(Problems problems) {
        this.problems = problems;
    }

    /** All files that the configuration or another list names, whether they could be read or not. */
    Set<Path> files() {
        return read;
    }

    /** The arrays of entries of a file, the arrays of included files first. */
    List<Value> arrays(String name, SourceLocation namedAt) {
        NamedFile named = NamedFile.parse(name, namedAt);
        Path file = named.path();
        List<Value> arrays = new ArrayList<>();
        if (!onTheWay.add(file)) {
            problems.add(file + ": includes itself");
            return arrays;
        }
        read.add(file);
        if (!named.exists()) {
            // Not one of includes, which are looked for before.
            problems.add(namedAt, "dynamicPlugins.file", named.absence());
            return arrays;
        }
        switch (YamlReader.readPluginList(file, namedAt.search(), problems)) {
            case Value.Tree content
            when isPluginList(content) -> {
                arrays.addAll(included(content.children().get(INCLUDES)));
                Value plugins = content.children().get(PLUGINS);
                if (plugins != null) {
                    arrays.add(plugins);
                }
            }
            case Value.Tree _ -> {}
            case Value.Items items ->
                problems.add(
                        items.location() + ": must contain an object, not an array: write 'plugins:' above the list");
            case Value other -> problems.add(other.location() + ": must contain an object, not " + other.kind());
        }
        onTheWay.remove(file);
        return arrays;
    }

    /** A file of another kind would be read as an empty list. */
    private boolean isPluginList(Value.Tree content) {
        Optional<String> otherKind = OtherKinds.inPlaceOfPluginList(content);
        if (otherKind.isPresent()) {
            problems.add(otherKind.get());
            return false;
        }
        int before = problems.count();
        content.children().forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                problems.add(value.location(), key, "unknown key; " + hint(key));
            }
        });
        return problems.count() == before;
    }

    private static String hint(String key) {
        return ClosestName.of(key, KEYS)
                        .map(near -> "did you mean '" + near + "'? ")
                        .orElse("") + "allowed: includes, plugins";
    }

    private List<Value> included(@Nullable Value includes) {
        List<Value> arrays = new ArrayList<>();
        switch (includes) {
            case Value.Items items ->
                items.items()
                        .forEach(item -> item.text()
                                .ifPresentOrElse(
                                        name -> arrays.addAll(included(name, item.location())),
                                        () -> problems.add(
                                                item.location() + ": includes: must be an array of file names")));
            case null -> {}
            case Value empty when empty.isNull() -> {}
            default -> problems.add(includes.location(), INCLUDES, "must be an array, not " + includes.kind());
        }
        return arrays;
    }

    /** The container image of Red Hat Developer Hub brings a file that operators include and do not have. */
    private List<Value> included(String name, SourceLocation location) {
        Path file = location.find(name);
        if (Files.isRegularFile(file)) {
            return arrays(name, location);
        }
        if (Files.exists(file)) {
            problems.warn(location, INCLUDES, "'" + name + "' is not a file; its entries are missing");
        }
        // The search has told that there is none, and where it looked.
        return List.of();
    }
}
