package dev.belfry.host.signin;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.access.SessionTokens;
import dev.belfry.host.directory.EntityDirectory;
import dev.belfry.host.session.Sessions;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.OidcSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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

    /**
     * @param tokens see {@link AuthRoutes}
     * @param providers creates a client of an OpenID provider
     * @param address the host's own URL, when it runs
     */
    public static SignIn of(
            HostSettings settings,
            CookieSessions sessions,
            Catalog catalog,
            EntityDirectory directory,
            Optional<SessionTokens> tokens,
            Function<OidcSettings, OpenIdProvider> providers,
            Supplier<String> address) {
        List<SignInProvider> offered = new ArrayList<>();
        SignInPage page = new SignInPage(offered, settings.basePath());
        settings.auth()
                .oidc()
                .ifPresent(oidc -> offered.add(new OidcSignIn(
                        oidc,
                        providers.apply(oidc),
                        new UserResolvers(oidc.resolvers(), catalog, directory),
                        sessions,
                        new BegunCookie(CookieScope.of(settings)),
                        page,
                        () -> settings.baseUrl()
                                .map(url -> url.toString().replaceFirst("/+$", ""))
                                .orElseGet(address))));
        settings.auth().guest().ifPresent(guest -> offered.add(new GuestProvider(guest.access(), catalog, sessions)));
        return new SignIn(new AuthRoutes(offered, sessions, tokens, catalog, directory, settings.basePath()), page);
    }
}
