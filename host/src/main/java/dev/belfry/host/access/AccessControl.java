package dev.belfry.host.access;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import java.util.Optional;

/** Authentication and authorization, the same for every route of every plugin. */
public final class AccessControl implements Permissions {

    private static final int UNAVAILABLE = 503;
    private static final String AUTHORIZATION = "Authorization";

    private final Identity identity;
    private final SessionUsers sessions;
    private final Permissions permissions;
    private final Catalog catalog;
    private final Optional<GuestAccess> guest;
    private final FailedCredentials failures;

    /**
     * @param sessions for requests without a token
     * @param guest the caller of requests without credentials; empty = anonymous
     * @param failures limits clients that send wrong credentials
     */
    public AccessControl(
            Identity identity,
            SessionUsers sessions,
            Permissions permissions,
            Catalog catalog,
            Optional<GuestAccess> guest,
            FailedCredentials failures) {
        this.identity = identity;
        this.sessions = sessions;
        this.permissions = permissions;
        this.catalog = catalog;
        this.guest = guest;
        this.failures = failures;
    }

    /**
     * Authenticates the caller and checks access to a route.
     *
     * @throws ApiError 401, 403, or 503 while identity is unavailable
     */
    public Caller admit(
            ClientCredentials credentials, Optional<HeaderCredentials> own, String pluginId, Access access) {
        Caller caller = identify(credentials, own, access);
        authorize(caller, pluginId, access);
        return caller;
    }

    /**
     * Authenticates the caller of a route. While identity is unavailable, PUBLIC routes are served as anonymous.
     *
     * @throws ApiError 401 or 403 as {@link #authenticate}, or 503 while identity is unavailable
     */
    public Caller identify(ClientCredentials credentials, Optional<HeaderCredentials> own, Access access) {
        try {
            return authenticate(credentials, own);
        } catch (ApiError away) {
            if (away.status() != UNAVAILABLE || access != Access.PUBLIC) {
                throw away;
            }
            return Caller.anonymous();
        }
    }

    /**
     * Authenticates the caller. The first kind of credentials that is present decides, in this order: token, the plugin's
     * own kind, session. Invalid tokens and other credentials are rejected and never fall back to the guest; the cookie of a session that has ended counts as absent, because
     * browsers send it unasked. Without credentials, the caller is the guest or anonymous; {@link #authorize} decides what anonymous
     * callers may use.
     *
     * @param own the plugin's own kind of credentials, an alternative to tokens; with it, there is no guest
     * @throws ApiError 401 when credentials are invalid; 403 when a page of another site may have sent the request
     */
    public Caller authenticate(ClientCredentials credentials, Optional<HeaderCredentials> own) {
        try {
            Optional<Caller> proven = identity.identify(credentials);
            if (proven.isPresent()) {
                return requireKnown(proven.get());
            }
        } catch (AuthenticationFailed e) {
            throw invalid(e);
        }
        boolean isForOwn = own.filter(kind -> kind.header().equalsIgnoreCase(AUTHORIZATION))
                .isPresent();
        if (credentials.header(AUTHORIZATION).isPresent() && !isForOwn) {
            throw ApiError.authentication(
                    "the header 'Authorization' must have the form 'Bearer <token>'; no other scheme is supported");
        }
        if (own.isPresent() && credentials.header(own.get().header()).isPresent()) {
            return byOwn(credentials, own.get());
        }
        return sessions.userOf(credentials)
                .filter(catalog::contains)
                .map(Caller::user)
                .orElseGet(() -> own.isPresent() ? Caller.anonymous() : guestOrNobody(credentials));
    }

    /** Pages of other sites must not read: they never act as the guest. */
    private Caller guestOrNobody(ClientCredentials credentials) {
        return guest.filter(allowed -> allowed.admits(credentials) && !credentials.isFromForeignPage())
                .map(GuestAccess::user)
                .filter(catalog::contains)
                .map(Caller::user)
                .orElseGet(Caller::anonymous);
    }

    /** A user who was removed from the catalog is rejected even if the token is still valid. */
    private Caller requireKnown(Caller caller) {
        if (caller instanceof Caller.User user && !catalog.contains(user.ref())) {
            throw ApiError.authentication("the catalog has no " + user.ref());
        }
        return caller;
    }

    private Caller byOwn(ClientCredentials credentials, HeaderCredentials own) {
        failures.check(credentials.clientAddress());
        try {
            return requireKnown(own.identify(credentials.header(own.header()).orElse("")));
        } catch (AuthenticationFailed e) {
            failures.failed(credentials.clientAddress());
            throw invalid(e);
        }
    }

    private static ApiError invalid(AuthenticationFailed e) {
        return ApiError.authentication(e.getMessage() == null ? "the credentials are invalid" : e.getMessage());
    }

    /** @throws ApiError 401 or 403 */
    public void authorize(Caller caller, String pluginId, Access access) {
        if (access == Access.PUBLIC) {
            return;
        }
        if (caller instanceof Caller.Anonymous) {
            throw ApiError.authentication(whyNobody());
        }
        if (!isAllowed(caller, pluginId, access)) {
            throw ApiError.notAllowed(
                    access instanceof Permission permission
                            ? lacking(caller, pluginId, permission)
                            : "access to '" + pluginId + "' is restricted");
        }
    }

    private String lacking(Caller caller, String pluginId, Permission permission) {
        return "permission '" + permission.name() + "' (" + permission.action().policyName() + ") is needed"
                + remedy(caller, pluginId, permission)
                        .map(remedy -> ". " + remedy)
                        .orElse("");
    }

    /** Services have restrictions, whatever the policy says. */
    @Override
    public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        return switch (caller) {
            case Caller.Service service ->
                Optional.of("To allow it, add it to the accessRestrictions of " + service.subject()
                        + " in backend.auth.externalAccess.");
            case Caller.User user -> permissions.remedy(user, pluginId, permission);
            default -> Optional.empty();
        };
    }

    private static final String MISSING =
            "credentials are missing: send a bearer token, or the shared secret if the plugin takes one";

    private String whyNobody() {
        if (guest.isEmpty()) {
            return MISSING;
        }
        EntityRef user = guest.get().user();
        return catalog.contains(user)
                ? MISSING + "; there is no guest where the"
                        + " plugin takes a secret, none for a client on another machine, none behind a proxy that"
                        + " backend.trustProxy does not name, and none for a page of another origin that"
                        + " backend.cors.origin does not name"
                : "credentials are missing, and the catalog has no " + user + " to be the guest";
    }

    /** The same decision as for a route, for a plugin that asks within a request. */
    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        return isAllowed(caller, pluginId, permission);
    }

    private boolean isAllowed(Caller caller, String pluginId, Access access) {
        return switch (caller) {
            case Caller.Service service -> leaves(service, pluginId, access);
            case Caller.User user ->
                !(access instanceof Permission permission) || permissions.allows(user, pluginId, permission);
            default -> false;
        };
    }

    /** The access that a service's restrictions allow; no restrictions = everything. */
    private static boolean leaves(Caller.Service service, String pluginId, Access access) {
        return service.restrictions().isEmpty()
                || service.restrictions().stream().anyMatch(restriction -> matches(restriction, pluginId, access));
    }

    private static boolean matches(AccessRestriction restriction, String pluginId, Access access) {
        if (!restriction.plugin().equals(pluginId)) {
            return false;
        }
        return !(access instanceof Permission permission)
                || ((restriction.permissions().isEmpty()
                                || restriction.permissions().contains(permission.name()))
                        && (restriction.actions().isEmpty()
                                || restriction.actions().contains(permission.action())));
    }
}
