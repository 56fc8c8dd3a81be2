package dev.belfry.host.signin;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.access.SessionTokens;
import dev.belfry.host.session.Sessions;
import dev.belfry.host.settings.HostSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sign-in of a host with these settings.
 *
 * @param routes below {@code /api/auth}
 */
public record SignIn(AuthRoutes routes, SignInPage page) {

    /** The sessions of browsers. They are needed before the catalog is. */
    public static CookieSessions sessions(HostSettings settings, Sessions sessions) {
        return new CookieSessions(sessions, CookieScope.of(settings));
    }

    /** @param tokens see {@link AuthRoutes} */
    public static SignIn of(
            HostSettings settings, CookieSessions sessions, Catalog catalog, Optional<SessionTokens> tokens) {
        List<SignInProvider> providers = new ArrayList<>();
        settings.auth().guest().ifPresent(guest -> providers.add(new GuestProvider(guest, catalog, sessions)));
        return new SignIn(new AuthRoutes(providers, sessions, tokens, catalog), new SignInPage(providers));
    }
}
