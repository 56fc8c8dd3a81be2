package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.settings.PermissionSettings.SuperUser;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Permissions of users: from the operator's policy, or what holds without one. */
public final class PolicyPermissions {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyPermissions.class);

    private PolicyPermissions() {}

    /**
     * @param names of the catalog, for warnings
     * @param declared what the running plugins declare
     * @throws ConfigurationException naming every line that refuses the policy
     */
    public static Permissions open(
            PermissionSettings settings,
            Catalog catalog,
            CatalogNames names,
            FileWatch watch,
            DeclaredPermissions declared) {
        PolicyWarnings warnings = new PolicyWarnings(settings.superUsers(), declared, names);
        Permissions permissions = switch (settings.mode()) {
            case DISABLED -> (caller, plugin, permission) -> true;
            case UNSET -> new WithoutPolicy(declared);
            case BUILT_IN -> new BuiltInPolicy(declared);
            case POLICY -> new LivePolicy(settings, catalog, watch, declared, warnings);
        };
        withoutPolicy(settings).forEach(LOG::warn);
        if (settings.mode() != PermissionSettings.Mode.DISABLED) {
            warnings.begin();
        }
        return new SuperUsers(
                settings.superUsers().stream().map(SuperUser::name).collect(Collectors.toUnmodifiableSet()),
                permissions);
    }

    /**
     * Reads the policy as a start would.
     *
     * @param names of the catalog that the start would read
     * @param declared what the plugins of the start would declare
     * @return what a start would say about it
     */
    public static Checked check(PermissionSettings settings, CatalogNames names, DeclaredPermissions declared) {
        if (settings.mode() == PermissionSettings.Mode.DISABLED) {
            return new Checked(List.of(), List.of(), Optional.empty());
        }
        List<String> warnings = new ArrayList<>(withoutPolicy(settings));
        PolicyDocument document;
        try {
            document = settings.mode() == PermissionSettings.Mode.POLICY
                    ? read(settings, warnings::add)
                    : PolicyDocument.NONE;
        } catch (ConfigurationException refused) {
            return new Checked(refused.faults(), warnings, Optional.empty());
        }
        warnings.addAll(document.warnings());
        warnings.addAll(PolicyWarnings.of(document, settings.superUsers(), declared, names));
        return new Checked(List.of(), warnings, PolicyWarnings.elsewhere(document, declared));
    }

    /**
     * The result of {@link #check}.
     *
     * @param faults that would stop a start
     * @param information that a start would log
     */
    public record Checked(List<String> faults, List<String> warnings, Optional<String> information) {}

    private static List<String> withoutPolicy(PermissionSettings settings) {
        return switch (settings.mode()) {
            case UNSET -> List.of(WithoutPolicy.WARNING);
            case BUILT_IN -> List.of(BuiltInPolicy.WARNING);
            case DISABLED, POLICY -> List.of();
        };
    }

    /** At start, a file that cannot be read is a fault of the configuration. */
    static PolicyDocument read(PermissionSettings settings, Consumer<String> warn) {
        try {
            return PolicyDocument.read(settings, warn);
        } catch (IOException e) {
            throw PolicyDocument.unreadable(settings.policyFile().orElseThrow(), e);
        }
    }
}
