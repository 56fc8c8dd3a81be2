package dev.belfry.host.config;

import java.util.List;
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

    private static final List<String> APP_CONFIG = List.of("upstream", "backstage", "appConfig");

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
