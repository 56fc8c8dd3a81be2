package dev.belfry.host.casbin;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.config.NamedFiles;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A policy file, the groups of a catalog, and what plugins declare. */
final class PolicySetting implements AutoCloseable {

    static final Permission CREATE = new Permission("bells.create", Action.CREATE);
    static final Permission LIST = new Permission("bells.list", Action.READ);

    final FileWatch watch = new FileWatch();
    final TestNames names = new TestNames();
    final DeclaredPermissions declared = new DeclaredPermissions();
    final Map<EntityRef, Set<EntityRef>> groups = new HashMap<>();
    final Map<EntityRef, Set<EntityRef>> parents = new HashMap<>();
    final Path file;

    final Catalog catalog = new Catalog() {
        @Override
        public Set<EntityRef> missing(Collection<EntityRef> refs) {
            return Set.of();
        }

        @Override
        public Set<EntityRef> groupsOf(EntityRef user) {
            return groups.getOrDefault(user, Set.of());
        }

        @Override
        public Set<EntityRef> parentsOf(EntityRef group) {
            return parents.getOrDefault(group, Set.of());
        }
    };

    PolicySetting(Path folder) {
        file = folder.resolve("policy.csv");
    }

    static PermissionSettings settings(Optional<Boolean> enabled, Optional<Path> file) {
        return settings(enabled, file, true);
    }

    static PermissionSettings settings(Optional<Boolean> enabled, Optional<Path> file, boolean reloads) {
        return new PermissionSettings(
                enabled, file.map(NamedFiles::at), reloads, Optional.empty(), List.of(), Optional.empty());
    }

    PermissionSettings settings() {
        return settings(Optional.of(true), Optional.of(file));
    }

    void write(String policy) {
        try {
            Files.writeString(file, policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Permissions policy(String policy) {
        write(policy);
        return open(settings());
    }

    Permissions open(PermissionSettings settings) {
        return PolicyPermissions.open(settings, catalog, names, watch, declared);
    }

    List<String> faults(String policy) {
        return catchThrowableOfType(ConfigurationException.class, () -> policy(policy))
                .faults();
    }

    /** What a start would warn about. */
    List<String> warnings(String policy) {
        write(policy);
        return PolicyPermissions.check(settings(), names, declared).warnings();
    }

    void join(String user, EntityRef... memberOf) {
        groups.put(EntityRef.user("default", user), Set.of(memberOf));
    }

    static EntityRef group(String name) {
        return EntityRef.group("default", name);
    }

    static Caller user(String name) {
        return Caller.user(EntityRef.user("default", name));
    }

    static boolean allows(Permissions permissions, String user, Permission permission) {
        return permissions.allows(user(user), "bells", permission);
    }

    @Override
    public void close() {
        watch.close();
    }
}
