package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Permissions of users, from a policy in a CSV file. Without a file, every permission is denied; with permissions
 * disabled, everything is allowed.
 */
public final class PolicyPermissions implements Permissions {

    /** The role of every signed-in user. */
    static final String EVERYBODY = "role:default/authenticated";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyPermissions.class);

    private final Catalog catalog;
    private final Path file;
    private volatile Policy policy;

    private PolicyPermissions(Catalog catalog, Path file, FileWatch watch) {
        this.catalog = catalog;
        this.file = file;
        // Watch first, then read: no change in between is lost.
        watch.watch(file, this::reload);
        try {
            this.policy = new Policy(PolicyFile.read(file));
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(file + ": the permission policy cannot be read: " + RegularFile.reason(file, e)));
        }
    }

    /** @throws ConfigurationException naming every invalid line of the policy */
    public static Permissions open(PermissionSettings settings, Catalog catalog, FileWatch watch) {
        if (!settings.enabled()) {
            return (caller, plugin, permission) -> true;
        }
        if (settings.policyFile().isEmpty()) {
            LOG.warn("permission.rbac.policies-csv-file is not set: every permission of users is denied");
            return (caller, plugin, permission) -> false;
        }
        return new PolicyPermissions(catalog, settings.policyFile().get(), watch);
    }

    private void reload() throws IOException {
        try {
            policy = new Policy(PolicyFile.read(file));
            LOG.info("the permission policy has been reloaded");
        } catch (ConfigurationException e) {
            LOG.error("the permission policy cannot be reloaded; the previous one stays in use: {}", e.getMessage());
        }
    }

    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User user
                && policy.allows(
                        namesOf(user), permission.name(), permission.action().policyName());
    }

    private Set<String> namesOf(Caller.User user) {
        Set<String> names = new HashSet<>();
        names.add(EVERYBODY);
        names.add(user.ref().toString());
        catalog.groupsOf(user.ref()).forEach(group -> names.add(group.toString()));
        return names;
    }
}
