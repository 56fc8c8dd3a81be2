package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's policy. A changed file replaces it, unless the file is faulty. */
final class LivePolicy implements Permissions {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyPermissions.class);

    private final PermissionSettings settings;
    private final Catalog catalog;
    private final DeclaredPermissions declared;
    private final PolicyWarnings warnings;
    private volatile Policy policy;
    private volatile Comparison comparison = Comparison.NONE;

    /**
     * What a policy means beside the permissions that plugins declare.
     *
     * @param changes of the declared permissions that were compared
     * @param misspelled the lines that deny a misspelled permission
     * @param unnamed see {@link UnnamedPlugins}
     */
    private record Comparison(
            @Nullable Policy policy, long changes, Map<Permission, List<PolicyRule>> misspelled, Set<String> unnamed) {

        static final Comparison NONE = new Comparison(null, 0, Map.of(), Set.of());

        List<PolicyRule> denials(Permission permission) {
            return misspelled.getOrDefault(permission, List.of());
        }
    }

    /** @param warnings gets each version of the policy */
    LivePolicy(
            PermissionSettings settings,
            Catalog catalog,
            FileWatch watch,
            DeclaredPermissions declared,
            PolicyWarnings warnings) {
        this.settings = settings;
        this.catalog = catalog;
        this.declared = declared;
        this.warnings = warnings;
        // Watch first, then read: no change in between is lost.
        if (settings.reloadsPolicyFile()) {
            settings.policyFile().ifPresent(file -> watch.watch(file.path(), this::reload));
        }
        policy = load(PolicyPermissions.read(settings, LOG::warn));
    }

    private Policy load(PolicyDocument document) {
        document.warnings().forEach(LOG::warn);
        warnings.replace(document);
        return new Policy(document);
    }

    private void reload() throws IOException {
        try {
            policy = load(PolicyDocument.read(settings, LOG::warn));
            LOG.info("the permission policy has been reloaded");
        } catch (ConfigurationException e) {
            e.faults()
                    .forEach(fault -> LOG.error(
                            "the permission policy cannot be reloaded; the previous one stays in use: {}", fault));
        }
    }

    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        if (!(caller instanceof Caller.User user)) {
            return false;
        }
        Policy now = policy;
        Set<EntityRef> names = GroupsAbove.of(user.ref(), catalog);
        Comparison compared = compared(now);
        boolean isGranted = compared.unnamed().contains(pluginId) && declared.isGrantedByDefault(pluginId, permission);
        return (isGranted || now.allows(names, permission))
                && now.ofHolders(names, compared.denials(permission)).isEmpty();
    }

    private Comparison compared(Policy now) {
        long changes = declared.changes();
        Comparison known = comparison;
        if (known.policy() != now || known.changes() != changes) {
            known = new Comparison(now, changes, now.misspelledDenials(declared), now.unnamedPlugins(declared));
            comparison = known;
        }
        return known;
    }

    @Override
    public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        if (!(caller instanceof Caller.User user)) {
            return Optional.empty();
        }
        Policy now = policy;
        Set<EntityRef> names = GroupsAbove.of(user.ref(), catalog);
        List<PolicyRule> denials = new ArrayList<>(now.denials(names, permission));
        Comparison compared = compared(now);
        denials.addAll(now.ofHolders(names, compared.denials(permission)));
        return Optional.of(
                denials.isEmpty()
                        ? "To allow it, add " + Remedy.linesOf(user.ref(), permission)
                                + " to the permission policy (permission.rbac.policies-csv-file)"
                                + (compared.unnamed().contains(pluginId)
                                        ? Remedy.whatUsersHave(
                                                "since lines for a plugin replace its defaults",
                                                declared.grantedByDefault(pluginId))
                                        : "")
                                + "."
                        : denials.stream().map(PolicyRule::place).collect(Collectors.joining(", "))
                                + " of the permission policy denies it to " + user.ref()
                                + "; lines that allow it have no effect beside that line.");
    }
}
