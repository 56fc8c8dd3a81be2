package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's policy. A changed file replaces it, unless the file is faulty. */
final class LivePolicy implements Permissions {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyPermissions.class);

    private final PermissionSettings settings;
    private final Catalog catalog;
    private final DeclaredPermissions declared;
    private volatile Loaded loaded;

    private record Loaded(Policy policy, PolicyDocument document, Set<String> told) {
        static Loaded of(PolicyDocument document) {
            document.warnings().forEach(LOG::warn);
            return new Loaded(new Policy(document), document, new HashSet<>());
        }
    }

    LivePolicy(PermissionSettings settings, Catalog catalog, FileWatch watch, DeclaredPermissions declared) {
        this.settings = settings;
        this.catalog = catalog;
        this.declared = declared;
        // Watch first, then read: no change in between is lost.
        if (settings.reloadsPolicyFile()) {
            settings.policyFile().ifPresent(file -> watch.watch(file, this::reload));
        }
        loaded = Loaded.of(PolicyPermissions.read(settings));
        declared.listen(this::tellUndeclared);
    }

    private void reload() throws IOException {
        try {
            loaded = Loaded.of(PolicyDocument.read(settings));
            LOG.info("the permission policy has been reloaded");
            if (declared.isSettled()) {
                tellUndeclared();
            }
        } catch (ConfigurationException e) {
            LOG.error("the permission policy cannot be reloaded; the previous one stays in use: {}", e.getMessage());
        }
    }

    /** Tells each once, although it is called whenever a plugin starts. */
    private void tellUndeclared() {
        Loaded now = loaded;
        UndeclaredPermissions undeclared =
                UndeclaredPermissions.in(now.document().rules(), declared);
        synchronized (now.told()) {
            undeclared.warnings().stream().filter(now.told()::add).forEach(LOG::warn);
            List<String> elsewhere = List.copyOf(undeclared.elsewhere());
            String message =
                    "the permission policy names permissions of plugins that do not run here; these lines have no effect: "
                            + String.join(", ", elsewhere);
            if (!elsewhere.isEmpty() && now.told().add(message)) {
                LOG.info(message);
            }
        }
    }

    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User user
                && loaded.policy().allows(GroupsAbove.of(user.ref(), catalog), permission);
    }

    @Override
    public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        if (!(caller instanceof Caller.User user)) {
            return Optional.empty();
        }
        List<PolicyRule> denials = loaded.policy().denials(GroupsAbove.of(user.ref(), catalog), permission);
        return Optional.of(
                denials.isEmpty()
                        ? "To allow it, add " + Remedy.linesOf(user.ref(), permission)
                                + " to the permission policy (permission.rbac.policies-csv-file)."
                        : denials.stream().map(PolicyRule::place).collect(Collectors.joining(", "))
                                + " of the permission policy denies it to " + user.ref()
                                + "; lines that allow it have no effect beside that line.");
    }
}
