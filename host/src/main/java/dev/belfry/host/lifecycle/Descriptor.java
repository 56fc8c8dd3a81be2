package dev.belfry.host.lifecycle;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A plugin's descriptor, as its manifest declares it.
 *
 * @param requires version range of the plugin API; {@code *} = any
 * @param dependencies the plugins that it depends on
 * @param exports packages that dependents may use
 * @param warnings about misspelled attributes of the manifest, one sentence each
 */
public record Descriptor(
        String id,
        String version,
        String requires,
        List<Dependency> dependencies,
        List<String> exports,
        String provider,
        String description,
        List<String> warnings) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public Descriptor {
        if (!isId(id)) {
            throw new IllegalArgumentException("Plugin-Id '" + id
                    + "' must have 1 to 63 of the characters a-z, 0-9 and '-', and begin with a letter");
        }
        dependencies = List.copyOf(dependencies);
        exports = List.copyOf(exports);
        warnings = List.copyOf(warnings);
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The dependencies that are not optional. */
    List<Dependency> required() {
        return dependencies.stream()
                .filter(dependency -> !dependency.optional())
                .toList();
    }
}
