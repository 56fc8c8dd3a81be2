package dev.belfry.host.access;

import dev.belfry.api.access.Permission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The permissions that the host and the running plugins declare. */
public final class DeclaredPermissions {

    /** The permissions that one endpoint of a generation declares. */
    private record Declaration(
            String plugin,
            Set<Permission> permissions,
            Set<Permission> grantedByDefault,
            Set<Permission> withheldByDefault) {}

    private final List<Runnable> listeners = new ArrayList<>();
    private final List<Declaration> declarations = new CopyOnWriteArrayList<>();
    private final Set<String> unknown = new CopyOnWriteArraySet<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean settled;

    /** As {@link #declare(String, Set, Set, Set)}, without withheld permissions. */
    public Runnable declare(String plugin, Set<Permission> permissions, Set<Permission> grantedByDefault) {
        return declare(plugin, permissions, grantedByDefault, Set.of());
    }

    /**
     * @param grantedByDefault the part of {@code permissions} that the built-in policy grants to every signed-in user
     * @param withheldByDefault the part that only super users have while there is no policy
     * @return withdraws them; two generations of a plugin may declare the same at the same time
     */
    public synchronized Runnable declare(
            String plugin,
            Set<Permission> permissions,
            Set<Permission> grantedByDefault,
            Set<Permission> withheldByDefault) {
        Declaration declaration = new Declaration(
                plugin, Set.copyOf(permissions), Set.copyOf(grantedByDefault), Set.copyOf(withheldByDefault));
        declarations.add(declaration);
        changes.incrementAndGet();
        tell();
        return () -> withdraw(declaration);
    }

    /** Says that the permissions of a plugin are known only when it runs. */
    public void unknown(String plugin) {
        unknown.add(plugin);
    }

    private synchronized void withdraw(Declaration declaration) {
        declarations.removeIf(other -> other == declaration);
        changes.incrementAndGet();
    }

    /** Grows when a plugin declares permissions or withdraws them. */
    public long changes() {
        return changes.get();
    }

    /** The plugins of the start have declared their permissions. Listeners are told now, and when further plugins start. */
    public synchronized void settle() {
        settled = true;
        tell();
    }

    public boolean isSettled() {
        return settled;
    }

    /** Calls {@code listener} when the start has settled, and when further plugins start. */
    public synchronized void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void tell() {
        if (settled) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Whether the plugin itself grants the permission to every signed-in user by default. */
    public boolean isGrantedByDefault(String plugin, Permission permission) {
        return declarations.stream()
                .anyMatch(declared -> declared.plugin().equals(plugin)
                        && declared.grantedByDefault().contains(permission));
    }

    /** Whether the plugin itself withholds the permission from everyone but super users while there is no policy. */
    public boolean isWithheldByDefault(String plugin, Permission permission) {
        return declarations.stream()
                .anyMatch(declared -> declared.plugin().equals(plugin)
                        && declared.withheldByDefault().contains(permission));
    }

    /** The permissions that plugins grant to every signed-in user by default, by name. */
    public List<Permission> grantedByDefault() {
        return grantedByDefault(_ -> true);
    }

    /** The permissions that the plugin grants to every signed-in user by default, by name. */
    public List<Permission> grantedByDefault(String plugin) {
        return grantedByDefault(declared -> declared.plugin().equals(plugin));
    }

    private List<Permission> grantedByDefault(Predicate<Declaration> which) {
        return declarations.stream()
                .filter(which)
                .flatMap(declared -> declared.grantedByDefault().stream())
                .distinct()
                .sorted(Comparator.comparing(Permission::name).thenComparing(Permission::action))
                .toList();
    }

    /** The permissions of the host and of each running plugin, by its id. */
    public Map<String, Set<Permission>> byPlugin() {
        return declarations.stream()
                .collect(Collectors.groupingBy(
                        Declaration::plugin,
                        TreeMap::new,
                        Collectors.flatMapping(declared -> declared.permissions().stream(), Collectors.toSet())));
    }

    public Set<Permission> all() {
        return declarations.stream()
                .flatMap(declared -> declared.permissions().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Ids of the plugins whose permissions are not known. */
    public Set<String> unknown() {
        return Set.copyOf(unknown);
    }

    /** Ids of the plugins that run, and {@code host}. */
    public Set<String> plugins() {
        return declarations.stream().map(Declaration::plugin).collect(Collectors.toCollection(TreeSet::new));
    }
}
