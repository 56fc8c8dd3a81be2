package dev.belfry.notifications.rest;

import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;

/** The permissions of the routes. */
final class NotificationPermissions {

    static final Permission CREATE = new Permission("notifications.create", Action.CREATE);
    static final Permission LIST = new Permission("notifications.list", Action.READ);
    static final Permission EXPORT = new Permission("notifications.export", Action.READ);
    static final Permission IMPORT = new Permission("notifications.import", Action.CREATE);
    static final Permission UPDATE_READ = new Permission("notifications.update.read", Action.UPDATE);

    private NotificationPermissions() {}
}
