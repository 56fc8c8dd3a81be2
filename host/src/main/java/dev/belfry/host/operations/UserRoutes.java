package dev.belfry.host.operations;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.directory.EntityDirectory;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what the host knows of a user, and why a request of theirs is refused, at {@code /api/host/users}. */
public final class UserRoutes {

    private static final String USER = "user";

    private final Catalog catalog;
    private final EntityDirectory directory;
    private final Permissions permissions;
    private final DeclaredPermissions declared;

    public UserRoutes(
            Catalog catalog, EntityDirectory directory, Permissions permissions, DeclaredPermissions declared) {
        this.catalog = catalog;
        this.directory = directory;
        this.permissions = permissions;
        this.declared = declared;
    }

    public void declare(Routes routes) {
        routes.get("/users", HostPermissions.READ_USERS, (context, caller) -> show(context))
                .query(USER);
    }

    /**
     * A user.
     *
     * @param groups of the user, with those above them if the catalog has nested groups
     * @param permissions that the host and the running plugins declare; empty for a user whom the catalog does not have, since
     *     the host refuses such a caller
     */
    private record Found(
            String user,
            @Nullable String displayName,
            boolean inCatalog,
            Set<String> groups,
            List<Verdict> permissions) {}

    /** @param remedy what an operator has to write; null if it is allowed, or nothing is known */
    private record Verdict(
            String plugin,
            String name,
            String action,
            boolean allowed,
            @Nullable String remedy) {}

    private void show(Context context) {
        EntityRef user = user(context.queryParam(USER));
        boolean inCatalog = catalog.contains(user);
        Set<EntityRef> groups = inCatalog ? catalog.groupsOf(user) : Set.of();
        context.json(new Found(
                user.toString(),
                directory.displayNameOf(user).orElse(null),
                inCatalog,
                groups.stream().map(EntityRef::toString).collect(Collectors.toCollection(TreeSet::new)),
                inCatalog ? verdicts(Caller.user(user, groups)) : List.of()));
    }

    private List<Verdict> verdicts(Caller user) {
        return declared.byPlugin().entrySet().stream()
                .flatMap(plugin -> plugin.getValue().stream()
                        .sorted(Comparator.comparing(Permission::name).thenComparing(Permission::action))
                        .map(permission -> verdict(user, plugin.getKey(), permission)))
                .toList();
    }

    private Verdict verdict(Caller user, String plugin, Permission permission) {
        boolean allowed = permissions.allows(user, plugin, permission);
        return new Verdict(
                plugin,
                permission.name(),
                permission.action().policyName(),
                allowed,
                allowed ? null : permissions.remedy(user, plugin, permission).orElse(null));
    }

    private static EntityRef user(@Nullable String given) {
        try {
            EntityRef ref = EntityRef.parse(given == null ? "" : given, EntityRef.USER);
            if (ref.kind().equals(EntityRef.USER)) {
                return ref;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw ApiError.input("the query parameter 'user' must be a user such as user:default/ada"
                + (given == null ? ", and is missing" : ", and is '" + given + "'"));
    }
}
