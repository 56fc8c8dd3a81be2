package dev.belfry.host.casbin;

import dev.belfry.api.access.Permission;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the lines of a policy whose permission nobody declares, so that they have no effect. */
final class UndeclaredPermissions {

    /** Backstage's catalog has more permissions than the host's, and policies for both name them. */
    private static final String CATALOG = "catalog";

    private final Set<Permission> known;
    private final Set<String> names;
    private final Set<String> plugins;
    private final Set<String> unknownPlugins;
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> elsewhere = new TreeSet<>();
    private final Map<String, Set<String>> unchecked = new TreeMap<>();
    private final Map<Permission, List<PolicyRule>> denials = new HashMap<>();

    private UndeclaredPermissions(DeclaredPermissions declared) {
        known = declared.all();
        names = known.stream().map(Permission::name).collect(Collectors.toCollection(TreeSet::new));
        plugins = declared.plugins();
        unknownPlugins = declared.unknown();
    }

    static UndeclaredPermissions in(List<PolicyRule> rules, DeclaredPermissions declared) {
        UndeclaredPermissions found = new UndeclaredPermissions(declared);
        rules.stream().filter(rule -> !found.known.contains(rule.permission())).forEach(found::add);
        return found;
    }

    /** One for each line that probably has a misspelled permission, and one for each plugin whose permissions are not known. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        unchecked.forEach((plugin, permissions) -> all.add("the permissions of the plugin '" + plugin
                + "' are known only when it runs, so the lines of the policy with " + String.join(", ", permissions)
                + " are not checked: its JAR has no META-INF/belfry/permissions.json"));
        return all;
    }

    /**
     * The lines that deny a misspelled permission, by the permissions that they probably mean: a line that was written to close
     * something must not leave it open.
     */
    Map<Permission, List<PolicyRule>> denials() {
        return denials;
    }

    /** Permissions of plugins that do not run here. */
    Set<String> elsewhere() {
        return elsewhere;
    }

    private void add(PolicyRule rule) {
        String name = rule.permission().name();
        String plugin = pluginOf(name);
        if (unknownPlugins.contains(plugin) && !names.contains(name)) {
            unchecked.computeIfAbsent(plugin, _ -> new TreeSet<>()).add(name);
            return;
        }
        Set<Permission> meant = rule.allow() ? Set.of() : meantBy(rule.permission());
        meant.forEach(permission ->
                denials.computeIfAbsent(permission, _ -> new ArrayList<>()).add(rule));
        String effect = meant.isEmpty()
                ? "The line has no effect"
                : "Until it is corrected, the line denies "
                        + meant.stream()
                                .map(permission -> permission.name() + " ("
                                        + permission.action().policyName() + ")")
                                .sorted()
                                .collect(Collectors.joining(", "));
        why(rule.permission(), plugin)
                .ifPresentOrElse(
                        why -> warnings.add(rule.where() + ": " + why + ". " + effect), () -> elsewhere.add(name));
    }

    /** The declared permissions with the same or a near name: with the same action, or else all. */
    private Set<Permission> meantBy(Permission written) {
        Optional<String> name = names.contains(written.name()) ? Optional.of(written.name()) : near(written.name());
        Set<Permission> named = known.stream()
                .filter(permission -> name.filter(permission.name()::equals).isPresent())
                .collect(Collectors.toSet());
        Set<Permission> ofAction = named.stream()
                .filter(permission -> permission.action() == written.action())
                .collect(Collectors.toSet());
        return ofAction.isEmpty() ? named : ofAction;
    }

    private Optional<String> near(String name) {
        return ClosestName.ofWords(name, names).or(() -> ClosestName.ofWords(name.replace('_', '.'), names));
    }

    private static String pluginOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** @return empty if it may well be the permission of a plugin that does not run */
    private Optional<String> why(Permission permission, String plugin) {
        String name = permission.name();
        if (names.contains(name)) {
            return Optional.of("the permission '" + name + "' has no action '"
                    + permission.action().policyName() + "'; it has " + actions(name, known));
        }
        Optional<String> near = near(name);
        if (near.isPresent()) {
            return Optional.of("no plugin declares the permission '" + name + "' (did you mean '" + near.get() + "'?)");
        }
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
