package dev.belfry.host.casbin;

import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.settings.PermissionSettings.SuperUser;
import dev.belfry.host.spelling.NamedEntity;
import dev.belfry.host.spelling.NearEntities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which lines of a policy have no effect here, as soon as the plugins of the start run and the catalog has been read. Each warning is
 * logged once for each version of the policy.
 */
final class PolicyWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyPermissions.class);

    private final List<SuperUser> superUsers;
    private final DeclaredPermissions declared;
    private final CatalogNames catalog;
    private final Set<Object> told = new HashSet<>();
    private PolicyDocument document = PolicyDocument.NONE;

    PolicyWarnings(List<SuperUser> superUsers, DeclaredPermissions declared, CatalogNames catalog) {
        this.superUsers = superUsers;
        this.declared = declared;
        this.catalog = catalog;
    }

    /** From now on, logs what it finds. */
    void begin() {
        declared.listen(this::tell);
        catalog.onChange(this::tell);
    }

    /** @return what there is to warn about a policy that has been read */
    static List<String> of(
            PolicyDocument document, List<SuperUser> superUsers, DeclaredPermissions declared, CatalogNames catalog) {
        return of(document, superUsers, declared, catalog, _ -> true);
    }

    private static List<String> of(
            PolicyDocument document,
            List<SuperUser> superUsers,
            DeclaredPermissions declared,
            CatalogNames catalog,
            Predicate<Object> isNew) {
        List<String> warnings = new ArrayList<>();
        UndeclaredPermissions.in(document.rules(), declared).warnings().stream()
                .filter(isNew)
                .forEach(warnings::add);
        UnnamedPlugins.warnings(document, declared).stream().filter(isNew).forEach(warnings::add);
        NearEntities near = new NearEntities(catalog.all());
        NamedEntity.unknown(PolicySubjects.in(document, superUsers), catalog).stream()
                .filter(isNew)
                .forEach(unknown -> warnings.add(unknown.warning(near)));
        return warnings;
    }

    /** Another policy is in force. */
    void replace(PolicyDocument next) {
        synchronized (this) {
            document = next;
            told.clear();
        }
        tell();
    }

    // The catalog calls it under its own locks, so it takes no lock of others.
    private void tell() {
        if (declared.isSettled()) {
            tellNow();
        }
    }

    private synchronized void tellNow() {
        of(document, superUsers, declared, catalog, told::add).forEach(LOG::warn);
        elsewhere(document, declared).filter(told::add).ifPresent(LOG::info);
    }

    /** The permissions of plugins that do not run here. */
    static Optional<String> elsewhere(PolicyDocument document, DeclaredPermissions declared) {
        Set<String> names = UndeclaredPermissions.in(document.rules(), declared).elsewhere();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the permission policy names permissions of plugins that do not run here; these lines have no effect: "
                                + String.join(", ", names));
    }
}
