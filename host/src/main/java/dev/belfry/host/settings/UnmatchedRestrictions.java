package dev.belfry.host.settings;

import dev.belfry.api.access.Permission;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds restrictions of external services that name a plugin, a permission or an action that does not exist, so that they allow nothing. */
public final class UnmatchedRestrictions {

    private final Set<String> plugins;
    private final Map<String, Set<Permission>> permissions;
    private final Set<String> unknown;
    private final List<String> warnings = new ArrayList<>();

    private UnmatchedRestrictions(Set<String> ids, DeclaredPermissions declared) {
        permissions = declared.byPlugin();
        unknown = declared.unknown();
        plugins = new TreeSet<>(ids);
        plugins.addAll(permissions.keySet());
    }

    /**
     * @param ids of the plugins that are there, running or not
     * @param declared by the host and the running plugins
     * @return a warning for each name that does not exist
     */
    public static List<String> warnings(HostSettings settings, Set<String> ids, DeclaredPermissions declared) {
        UnmatchedRestrictions found = new UnmatchedRestrictions(ids, declared);
        // A plugin that supplies the port reads its own section.
        if (settings.ports().isBuiltIn("identity")) {
            settings.auth().externalAccess().stream()
                    .map(ExternalAccess::restrictionSettings)
                    .flatMap(List::stream)
                    .forEach(found::check);
        }
        return found.warnings;
    }

    private void check(AccessRestrictionKeys keys) {
        String plugin = keys.plugin();
        if (!plugins.contains(plugin)) {
            String near = ClosestName.of(plugin, plugins)
                    .map(name -> "; did you mean '" + name + "'? ")
                    .orElse(". ");
            warn(keys, "plugin", "there is no plugin '" + plugin + "'" + near + "The entry allows nothing");
        } else if (unknown.contains(plugin)) {
            if (!keys.permissions().isEmpty() || !keys.actions().isEmpty()) {
                warn(
                        keys,
                        "permission",
                        "is not checked: the permissions of the plugin '" + plugin
                                + "' are known only when it runs, because its JAR has no META-INF/belfry/permissions.json");
            }
        } else if (permissions.containsKey(plugin)) {
            checkPermissions(keys, permissions.get(plugin));
        }
    }

    private void checkPermissions(AccessRestrictionKeys keys, Set<Permission> declared) {
        Set<String> names = declared.stream().map(Permission::name).collect(Collectors.toCollection(TreeSet::new));
        keys.permissions().stream().filter(name -> !names.contains(name)).forEach(name -> {
            String near = ClosestName.ofWords(name, names)
                    .map(other -> " (did you mean '" + other + "'?)")
                    .orElse("");
            warn(
                    keys,
                    "permission",
                    "'" + keys.plugin() + "' declares no permission '" + name + "'" + near
                            + ". The name allows nothing");
        });
        List<Permission> meant = declared.stream()
                .filter(permission ->
                        keys.permissions().isEmpty() || keys.permissions().contains(permission.name()))
                .toList();
        boolean hasAction = meant.stream().anyMatch(permission -> keys.actions().contains(permission.action()));
        if (!meant.isEmpty() && !keys.actions().isEmpty() && !hasAction) {
            warn(
                    keys,
                    "permissionAttribute.action",
                    "none of the permissions has the action " + actions(keys.actions()) + "; they have "
                            + actions(meant.stream().map(Permission::action).collect(Collectors.toSet()))
                            + ". The entry allows none of them");
        }
    }

    private static String actions(Set<Permission.Action> actions) {
        return actions.stream().sorted().map(Permission.Action::policyName).collect(Collectors.joining(", "));
    }

    private void warn(AccessRestrictionKeys keys, String key, String message) {
        warnings.add(keys.place() + "." + key + ": " + message);
    }
}
