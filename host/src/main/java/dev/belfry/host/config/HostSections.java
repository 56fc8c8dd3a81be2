package dev.belfry.host.config;

import dev.belfry.host.names.HostNames;
import dev.belfry.host.spelling.ClosestName;
import java.util.Set;

/** The top-level keys that belong to the host; every other one belongs to the plugin with that id. */
final class HostSections {

    static final Set<String> NAMES = HostNames.SECTIONS;

    /** Of a shorter name, another word such as {@code blog} is as close as a misspelling. */
    private static final int SHORTEST = 4;

    private HostSections() {}

    /** A misspelled section of the host would be taken for the section of a plugin, and {@code permision} would open everything. */
    static void requireSpelling(Value.Tree tree, Problems problems) {
        tree.children().forEach((section, value) -> {
            if (value instanceof Value.Unresolved directive && Substitution.DIRECTIVES.contains(section)) {
                problems.add(directive.location(), section, directive.reason());
            }
        });
        tree.children()
                .forEach((section, value) -> ClosestName.of(section, NAMES)
                        .filter(name -> !NAMES.contains(section) && name.length() >= SHORTEST)
                        .filter(name -> ClosestName.distance(section, name) <= UnknownKeys.MISSPELLED)
                        .ifPresent(name -> problems.add(
                                value.location(), section, "unknown section; did you mean '" + name + "'?")));
    }
}
