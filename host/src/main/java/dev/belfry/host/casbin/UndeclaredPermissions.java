package dev.belfry.host.casbin;

import dev.belfry.api.access.Permission;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the lines of a policy whose permission nobody declares, so that they have no effect.
 *
 * @param warnings one for each line that probably has a misspelled permission
 * @param elsewhere permissions of plugins that do not run here
 */
record UndeclaredPermissions(List<String> warnings, Set<String> elsewhere) {

    /** Backstage's catalog has more permissions than the host's, and policies for both name them. */
    private static final String CATALOG = "catalog";

    static UndeclaredPermissions in(List<PolicyRule> rules, DeclaredPermissions declared) {
        UndeclaredPermissions found = new UndeclaredPermissions(new ArrayList<>(), new TreeSet<>());
        Set<Permission> known = declared.all();
        Set<String> names = known.stream().map(Permission::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> plugins = declared.plugins();
        rules.stream()
                .filter(rule -> !known.contains(rule.permission()))
                .forEach(rule -> why(rule.permission(), known, names, plugins)
                        .ifPresentOrElse(
                                why -> found.warnings().add(rule.where() + ": " + why + ". The line has no effect"),
                                () -> found.elsewhere().add(rule.permission().name())));
        return found;
    }

    /** @return empty if it may well be the permission of a plugin that does not run */
    private static Optional<String> why(
            Permission permission, Set<Permission> known, Set<String> names, Set<String> plugins) {
        String name = permission.name();
        if (names.contains(name)) {
            return Optional.of("the permission '" + name + "' has no action '"
                    + permission.action().policyName() + "'; it has " + actions(name, known));
        }
        Optional<String> near = ClosestName.of(name, names);
        if (near.isPresent()) {
            return Optional.of("no plugin declares the permission '" + name + "' (did you mean '" + near.get() + "'?)");
        }
        int dot = name.indexOf('.');
        String plugin = dot < 0 ? name : name.substring(0, dot);
        return plugins.contains(plugin) && !plugin.equals(CATALOG)
                ? Optional.of("'" + plugin + "' declares no permission '" + name + "'")
                : Optional.empty();
    }

    private static String actions(String name, Collection<Permission> known) {
        return known.stream()
                .filter(permission -> permission.name().equals(name))
                .map(permission -> permission.action().policyName())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
