package dev.belfry.host.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Files of another kind: their keys have no meaning in a configuration, so it would be read as an empty one. */
final class OtherKinds {

    /** The keys of a list of dynamic plugins. */
    static final Set<String> PLUGIN_LIST = Set.of("plugins", "includes");

    private static final Set<String> APPLICATION_KEYS = Set.of(
            "app",
            "auth",
            "backend",
            "catalog",
            "dynamicPlugins",
            "integrations",
            "organization",
            "permission",
            "proxy",
            "techdocs");

    /** Of the chart of Red Hat Developer Hub, and of the chart of Backstage. */
    private static final List<String> APP_CONFIGS = List.of("upstream.backstage.appConfig", "backstage.appConfig");

    private OtherKinds() {}

    /** The kind of a file that is no configuration, with its line and what to do; empty = a configuration. */
    static Optional<String> inPlaceOfConfiguration(Value.Tree content) {
        return kubernetesResource(content).or(() -> chartValues(content)).or(() -> pluginList(content));
    }

    /** The kind of a file that is no list of dynamic plugins, with its line and what to do; empty = a list. */
    static Optional<String> inPlaceOfPluginList(Value.Tree content) {
        return kubernetesResource(content)
                .or(() -> chartValuesOfPlugins(content))
                .or(() -> chartValues(content))
                .or(() -> applicationConfig(content));
    }

    private static Optional<String> chartValuesOfPlugins(Value.Tree content) {
        Value global = content.children().get("global");
        return global == null
                ? Optional.empty()
                : Optional.of(global.location() + ": these are values of a Helm chart: use the object below"
                        + " global.dynamic in a file of its own");
    }

    private static Optional<String> applicationConfig(Value.Tree content) {
        return isPluginList(content)
                ? Optional.empty()
                : content.children().entrySet().stream()
                        .filter(entry -> APPLICATION_KEYS.contains(entry.getKey()))
                        .findFirst()
                        .map(entry ->
                                entry.getValue().location() + ": this is a configuration of the application, not a"
                                        + " list of dynamic plugins: pass it with --config");
    }

    private static boolean isPluginList(Value.Tree content) {
        return content.children().get("plugins") instanceof Value.Items
                || content.children().containsKey("includes");
    }

    private static Optional<String> kubernetesResource(Value.Tree content) {
        Value kind = content.children().get("kind");
        if (kind == null || !content.children().containsKey("apiVersion")) {
            return Optional.empty();
        }
        String remedy = keys(content, "data")
                .or(() -> keys(content, "stringData"))
                .map(keys -> ": extract its key " + keys + " to a file of its own")
                .orElse(": write the content of the ConfigMap that it names to a file of its own");
        return Optional.of(
                kind.location() + ": this is a Kubernetes " + kind.text().orElse("resource") + remedy);
    }

    /**
     * For a file with several documents, which is no configuration.
     *
     * @return empty if none of them is a Kubernetes object
     */
    static Optional<String> kubernetesResources(List<Value.Tree> documents) {
        List<Value.Tree> objects = documents.stream()
                .filter(document -> kubernetesResource(document).isPresent())
                .toList();
        List<String> keys = objects.stream()
                .flatMap(object -> keys(object, "data").stream())
                .toList();
        return objects.stream()
                .map(object -> object.children().get("kind"))
                .filter(Objects::nonNull)
                .findFirst()
                .map(kind -> kind.location() + ": this file holds Kubernetes objects: "
                        + (keys.isEmpty()
                                ? "write the content of a ConfigMap"
                                : "extract the key " + String.join(" or ", keys))
                        + " to a file of its own");
    }

    private static Optional<String> keys(Value.Tree content, String part) {
        return content.children().get(part) instanceof Value.Tree data
                ? Optional.of(String.join(" or ", data.children().keySet()))
                : Optional.empty();
    }

    /** The section {@code plugins} of a configuration is an object, and it has other sections. */
    private static Optional<String> pluginList(Value.Tree content) {
        return content.children().get("plugins") instanceof Value.Items plugins
                        && PLUGIN_LIST.containsAll(content.children().keySet())
                ? Optional.of(plugins.location()
                        + ": this is a list of dynamic plugins, not a configuration: write its path to the key"
                        + " dynamicPlugins.file")
                : Optional.empty();
    }

    private static Optional<String> chartValues(Value.Tree content) {
        return APP_CONFIGS.stream()
                .filter(key -> ValuePath.at(content, key) != null)
                .findFirst()
                .map(key -> ValuePath.place(content, key) + ": these are values of a Helm chart: use the object below "
                        + key + " in a file of its own");
    }
}
