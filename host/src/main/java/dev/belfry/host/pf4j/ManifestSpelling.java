package dev.belfry.host.pf4j;

import dev.belfry.host.spelling.ClosestName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.stream.Collectors;

/** Finds misspelled attributes of a plugin's manifest: unknown ones have no effect. */
final class ManifestSpelling {

    private static final String PREFIX = "plugin-";

    /** {@code Plugin-Class} and {@code Plugin-License} are PF4J's; Belfry does not need them. */
    private static final Set<String> KNOWN = Set.of(
            "Plugin-Id",
            "Plugin-Version",
            "Plugin-Requires",
            "Plugin-Dependencies",
            "Plugin-Exports",
            "Plugin-Provider",
            "Plugin-Description",
            "Plugin-Class",
            "Plugin-License");

    private ManifestSpelling() {}

    /** A warning for each attribute that begins with {@code Plugin-} and is near to a known one. Others may belong to other programs. */
    static List<String> warnings(Attributes attributes) {
        Set<String> known =
                KNOWN.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return attributes.keySet().stream()
                .map(Object::toString)
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX))
                .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
                .flatMap(name -> ClosestName.of(name, KNOWN).stream()
                        .map(near -> "the attribute '" + name + "' of its manifest has no effect; did you mean '" + near
                                + "'?"))
                .sorted()
                .toList();
    }
}
