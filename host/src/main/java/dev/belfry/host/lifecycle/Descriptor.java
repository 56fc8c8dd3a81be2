package dev.belfry.host.lifecycle;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a plugin's manifest says of it.
 *
 * @param requires range of versions of the plugin API; {@code *} = any
 * @param dependencies ids of the plugins that must run before this one
 */
public record Descriptor(
        String id, String version, String requires, List<String> dependencies, String provider, String description) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public Descriptor {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Plugin-Id '" + id
                    + "' must have 1 to 63 of the characters a-z, 0-9 and '-', and begin with a letter");
        }
        dependencies = List.copyOf(dependencies);
    }
}
