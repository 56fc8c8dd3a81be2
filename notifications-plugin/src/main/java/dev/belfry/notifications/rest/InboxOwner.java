package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;

/** The owner of the inbox that a caller reads: the caller, or the guest if the caller is a service. */
final class InboxOwner {

    private static final EntityRef GUEST = EntityRef.user(EntityRef.DEFAULT_NAMESPACE, "guest");

    private final Catalog catalog;

    InboxOwner(Catalog catalog) {
        this.catalog = catalog;
    }

    EntityRef of(Caller caller) {
        return switch (caller) {
            case Caller.User user -> user.ref();
            case Caller.Service _ -> guest();
            default -> throw ApiError.authentication("reading notifications takes a signed-in user");
        };
    }

    /** The caller, for what only users have. A service must not mute anything for the guest. */
    static EntityRef userOf(Caller caller) {
        return switch (caller) {
            case Caller.User user -> user.ref();
            case Caller.Service _ -> throw ApiError.notAllowed("only a user can mute notifications, not a service");
            default -> throw ApiError.authentication("muting notifications takes a signed-in user");
        };
    }

    private EntityRef guest() {
        if (!catalog.contains(GUEST)) {
            throw ApiError.notAllowed("a service reads as " + GUEST + ", whom the catalog does not have");
        }
        return GUEST;
    }
}
