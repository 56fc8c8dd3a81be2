package dev.belfry.host.signin;

import dev.belfry.api.access.Access;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.ClientCredentials;
import dev.belfry.host.access.GuestAccess;
import dev.belfry.host.session.Session;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;

/** Signs in as the guest, for development: without a password, and only from this machine. */
final class GuestProvider implements SignInProvider {

    static final String ID = "guest";

    private final GuestAccess guest;
    private final Catalog catalog;
    private final CookieSessions sessions;

    GuestProvider(GuestAccess guest, Catalog catalog, CookieSessions sessions) {
        this.guest = guest;
        this.catalog = catalog;
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Guest";
    }

    @Override
    public String buttonText() {
        return "continue.guest";
    }

    @Override
    public boolean startsByPost() {
        return true;
    }

    @Override
    public void declare(Routes routes) {
        routes.post("/" + ID + "/start", Access.PUBLIC, (context, caller) -> start(context))
                .query(ReturnPath.PARAMETER);
    }

    private void start(Context context) {
        ReturnPath back = ReturnPath.parse(context.queryParam(ReturnPath.PARAMETER));
        ClientCredentials request = AuthRoutes.credentials(context);
        requireThisMachine(request);
        if (!catalog.contains(guest.user())) {
            throw ApiError.notAllowed("the catalog has no " + guest.user() + " to be the guest");
        }
        sessions.begin(context, request, guest.user(), ID, Session.LONGEST, null);
        // A form of the sign-in page follows the redirect; a script reads the body.
        if (String.valueOf(context.header("Accept")).contains("text/html")) {
            context.redirect(back.path(), HttpStatus.SEE_OTHER);
        } else {
            context.json(Map.of("redirect", back.path()));
        }
    }

    private void requireThisMachine(ClientCredentials request) {
        if (!guest.admits(request)) {
            throw ApiError.notAllowed("the guest can sign in only on the machine of the host, and not through a proxy;"
                    + " auth.providers.guest.dangerouslyAllowOutsideDevelopment allows other machines");
        }
    }

    @Override
    public Optional<String> signOutAddress(Session session) {
        return Optional.empty();
    }
}
