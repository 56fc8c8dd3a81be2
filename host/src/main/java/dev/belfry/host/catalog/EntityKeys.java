package dev.belfry.host.catalog;

import dev.belfry.host.spelling.ClosestName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of users and groups in Backstage's model. */
enum EntityKeys {
    ENTITY("", Set.of("apiVersion", "kind", "metadata", "spec"), Set.of("relations", "status")),
    METADATA(
            "metadata.",
            Set.of("name", "namespace", "title", "annotations"),
            Set.of("uid", "etag", "description", "labels", "tags", "links")),
    USER("spec.", Set.of("memberOf", "profile"), Set.of()),
    GROUP("spec.", Set.of("members", "parent", "children", "profile"), Set.of("type")),
    PROFILE("spec.profile.", Set.of("displayName", "email"), Set.of("picture"));

    /** In letters; a transposition counts as one. */
    private static final int MISSPELLED = 2;

    private final String path;
    private final Set<String> read;
    private final Set<String> others;

    /** @param others keys that have no effect here */
    EntityKeys(String path, Set<String> read, Set<String> others) {
        this.path = path;
        this.read = read;
        this.others = others;
    }

    /** @return a text for each key that probably misspells a key that Belfry reads */
    List<String> misspelledIn(Map<?, ?> map) {
        return map.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !read.contains(key) && !others.contains(key))
                .flatMap(key -> ClosestName.of(key, read).stream()
                        .filter(near -> ClosestName.distance(key, near) <= MISSPELLED)
                        .map(near -> path + key + ": unknown key, which has no effect; did you mean '" + near + "'?"))
                .toList();
    }
}
