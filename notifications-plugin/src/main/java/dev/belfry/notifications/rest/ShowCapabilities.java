package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.web.RouteHandler;
import io.javalin.http.Context;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** GET /capabilities: what the caller may do, for clients that show only that. */
final class ShowCapabilities implements RouteHandler {

    private final Catalog catalog;
    private final Permissions permissions;
    private final String pluginId;

    ShowCapabilities(Catalog catalog, Permissions permissions, String pluginId) {
        this.catalog = catalog;
        this.permissions = permissions;
        this.pluginId = pluginId;
    }

    /** @param everyone number of users whom a broadcast reaches; null = the catalog does not tell, or the caller cannot send one */
    private record Capabilities(
            boolean create,
            boolean createForEveryone,
            boolean markAll,
            boolean stream,
            boolean mute,
            @Nullable Long everyone) {}

    @Override
    public void handle(Context context, Caller caller) {
        boolean create = allows(caller, NotificationPermissions.CREATE);
        boolean list = allows(caller, NotificationPermissions.LIST);
        boolean update = allows(caller, NotificationPermissions.UPDATE_READ);
        context.header("Cache-Control", "private, no-cache")
                .json(new Capabilities(
                        create,
                        create,
                        update,
                        list,
                        list && update && caller instanceof Caller.User,
                        create ? everyone() : null));
    }

    private @Nullable Long everyone() {
        OptionalLong users = catalog.userCount();
        return users.isPresent() ? users.getAsLong() : null;
    }

    private boolean allows(Caller caller, Permission permission) {
        return permissions.allows(caller, pluginId, permission);
    }
}
