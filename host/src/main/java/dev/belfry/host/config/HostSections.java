package dev.belfry.host.config;

import dev.belfry.host.names.HostNames;
import dev.belfry.host.spelling.ClosestName;
import java.util.Set;

/** The top-level keys that belong to the host; every other one belongs to the plugin with that id. */
final class HostSections {

    static final Set<String> NAMES = HostNames.SECTIONS;

    /** Of a shorter name, another word such as {@code blog} is as close as a misspelling. */
    private static final int SHORTEST = 4;

    /** Without this section, users may do what plugins offer. */
    private static final String PERMISSION = "permission";

    private HostSections() {}

    /** The errors that a misspelled section has at most; a section of the host that has other keys is less likely to be meant. */
    static int mostErrors(String section) {
        return NAMES.contains(section) ? 1 : UnknownKeys.MISSPELLED;
    }

    /**
     * A misspelled section of the host would be taken for the section of a plugin, and {@code permision} would open everything. The
     * name alone is no proof, unless there is nothing else: the sections of other products can have names such as {@code datadog}.
     *
     * @param host the record of the host's sections
     */
    static void requireSpelling(Value.Tree tree, Class<? extends Record> host, Problems problems) {
        tree.children().forEach((section, value) -> {
            if (value instanceof Value.Unresolved directive && Substitution.DIRECTIVES.contains(section)) {
                problems.add(directive.location(), section, directive.reason());
            }
            int dot = section.indexOf('.');
            if (dot > 0 && NAMES.contains(section.substring(0, dot))) {
                problems.add(
                        value.location(),
                        section,
                        "is one key with a dot, which has no effect: write the part after the dot below '"
                                + section.substring(0, dot) + "'");
            }
        });
        tree.children()
                .forEach((section, value) -> ClosestName.of(section, NAMES)
                        .filter(name -> !NAMES.contains(section) && name.length() >= SHORTEST)
                        .filter(name -> ClosestName.distance(section, name) <= UnknownKeys.MISSPELLED)
                        .filter(name -> isMeant(section, value, name, RecordKeys.inSection(host, name)))
                        .ifPresent(name -> problems.add(
                                value.location(), section, "unknown section; did you mean '" + name + "'?")));
    }

    /** @param known the keys of the section with the near name */
    private static boolean isMeant(String section, Value value, String name, Set<String> known) {
        Set<String> keys = value instanceof Value.Tree tree ? tree.children().keySet() : Set.of();
        return keys.isEmpty()
                ? name.equals(PERMISSION) && ClosestName.distance(section, name) <= 1
                : keys.stream().anyMatch(key -> isNear(key, known));
    }

    private static boolean isNear(String key, Set<String> known) {
        return known.contains(key)
                || ClosestName.of(key, known)
                        .filter(near -> ClosestName.distance(key, near) <= UnknownKeys.MISSPELLED)
                        .isPresent();
    }
}
