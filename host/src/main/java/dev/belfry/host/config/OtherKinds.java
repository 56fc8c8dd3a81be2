package dev.belfry.host.config;

import java.util.List;
import java.util.Optional;

/** Files of another kind: their keys have no meaning in a configuration, so it would be read as an empty one. */
final class OtherKinds {

    private static final List<String> APP_CONFIG = List.of("upstream", "backstage", "appConfig");

    private OtherKinds() {}

    /** The kind of a file that is no configuration, with its line and what to do; empty = a configuration. */
    static Optional<String> inPlaceOfConfiguration(Value.Tree content) {
        return kubernetesResource(content).or(() -> chartValues(content));
    }

    static Optional<String> kubernetesResource(Value.Tree content) {
        Value kind = content.children().get("kind");
        if (kind == null || !content.children().containsKey("apiVersion")) {
            return Optional.empty();
        }
        String keys = content.children().get("data") instanceof Value.Tree data
                ? ": extract its key " + String.join(" or ", data.children().keySet()) + " to a file of its own"
                : "";
        return Optional.of(
                kind.location() + ": this is a Kubernetes " + kind.text().orElse("resource") + keys);
    }

    private static Optional<String> chartValues(Value.Tree content) {
        Value value = content;
        for (String key : APP_CONFIG) {
            if (!(value instanceof Value.Tree tree) || !tree.children().containsKey(key)) {
                return Optional.empty();
            }
            value = tree.children().get(key);
        }
        return Optional.of(value.location() + ": these are values of a Helm chart: use the object below "
                + String.join(".", APP_CONFIG) + " in a file of its own");
    }
}
