package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Finds misspelled optional dependencies: a plugin also starts without them, so nothing else tells. */
public final class OptionalDependencies {

    private OptionalDependencies() {}

    /**
     * @param file the plugin's JAR; empty for a plugin on the class path
     * @param ids of the plugins that are there
     * @param nearId as {@link Environment#nearId}
     * @return a warning for each optional dependency that is not there, and whose id is near to one of these
     */
    public static List<String> misspelled(
            Descriptor plugin,
            Optional<Path> file,
            Set<String> ids,
            BiFunction<String, Set<String>, Optional<String>> nearId) {
        return plugin.dependencies().stream()
                .filter(Dependency::optional)
                .map(Dependency::id)
                .filter(id -> !ids.contains(id))
                .flatMap(id -> nearId.apply(id, ids).stream()
                        .map(near -> TakenId.label(plugin, file) + ": Plugin-Dependencies: there is no plugin '" + id
                                + "'; did you mean '" + near
                                + "'? The dependency is optional, so the plugin starts without it"))
                .toList();
    }
}
