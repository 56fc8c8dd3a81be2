package dev.belfry.host.operations;

import dev.belfry.api.access.Permission;
import dev.belfry.host.description.DescribedPermission;
import dev.belfry.host.description.DescribedPermissions;
import dev.belfry.host.http.HttpServer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A permission of a running plugin.
 *
 * @param action as policies write it
 * @param meaning null when the JAR does not describe its permissions
 * @param suggestedRole the role to which the author suggests to grant it; null = none
 * @param policyLine the line of a policy that does so; null = none
 */
record PluginPermission(
        String name,
        String action,
        @Nullable String meaning,
        @Nullable String suggestedRole,
        @Nullable String policyLine) {

    static List<PluginPermission> of(HttpServer.Declared plugin) {
        return DescribedPermissions.in(plugin.location())
                .map(described ->
                        described.list().stream().map(PluginPermission::of).toList())
                .orElseGet(() -> plugin.permissions().stream()
                        .map(PluginPermission::of)
                        .sorted(Comparator.comparing(PluginPermission::name).thenComparing(PluginPermission::action))
                        .toList());
    }

    private static PluginPermission of(DescribedPermission described) {
        return new PluginPermission(
                described.name(),
                described.action(),
                described.meaning(),
                described.suggestedRole(),
                described.policyLine().orElse(null));
    }

    private static PluginPermission of(Permission declared) {
        return new PluginPermission(declared.name(), declared.action().policyName(), null, null, null);
    }
}
