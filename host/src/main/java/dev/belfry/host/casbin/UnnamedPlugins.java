package dev.belfry.host.casbin;

import dev.belfry.api.access.Permission;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.spelling.ClosestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The plugins of which a policy names no permission. Policies of Backstage name none of its notifications, for which it asks nobody: they
 * were written without the plugin, and what it grants by default holds for every signed-in user.
 */
final class UnnamedPlugins {

    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");

    private UnnamedPlugins() {}

    /**
     * @return the ids of plugins that grant something by default; none if the policy has no rule, if a line was left out, which may have
     *     named the plugin, or if the policy says who is authenticated
     */
    static Set<String> in(PolicyDocument document, DeclaredPermissions declared) {
        if (document.rules().isEmpty()
                || !document.isWhole()
                || !document.everybody().contains(PolicyDocument.AUTHENTICATED)) {
            return Set.of();
        }
        Set<String> written =
                document.rules().stream().map(rule -> rule.permission().name()).collect(Collectors.toSet());
        Set<String> unnamed = new TreeSet<>();
        declared.byPlugin().forEach((plugin, permissions) -> {
            Set<String> names = permissions.stream().map(Permission::name).collect(Collectors.toSet());
            if (!declared.grantedByDefault(plugin).isEmpty()
                    && written.stream().noneMatch(name -> isOf(plugin, names, name))) {
                unnamed.add(plugin);
            }
        });
        return unnamed;
    }

    /** @return one warning for each of these plugins */
    static List<String> warnings(PolicyDocument document, DeclaredPermissions declared) {
        return in(document, declared).stream()
                .map(plugin -> "the permission policy names no permission of the plugin '" + plugin
                        + "': signed-in users have what it grants by default, "
                        + declared.grantedByDefault(plugin).stream()
                                .map(permission -> permission.name() + " ("
                                        + permission.action().policyName() + ")")
                                .collect(Collectors.joining(", "))
                        + ". As soon as a line names one of its permissions, only the policy counts")
                .toList();
    }

    /** Also if it is probably misspelled, or has the id of the plugin in another place. */
    private static boolean isOf(String plugin, Set<String> names, String written) {
        String dotted = SEPARATORS.matcher(written.toLowerCase(Locale.ROOT)).replaceAll(".");
        return names.contains(written)
                || ClosestName.ofWords(dotted, names).isPresent()
                || ClosestName.of(dotted, Set.of(plugin)).isPresent()
                || Arrays.stream(dotted.split("\\."))
                        .anyMatch(word -> ClosestName.of(word, Set.of(plugin)).isPresent());
    }
}
