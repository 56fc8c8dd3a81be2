package dev.belfry.host.signin;

import dev.belfry.api.access.Access;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.ClientCredentials;
import dev.belfry.host.session.Session;
import dev.belfry.host.settings.OidcSettings;
import dev.belfry.host.signin.OpenIdProvider.Begin;
import dev.belfry.host.signin.OpenIdProvider.Refused;
import dev.belfry.host.signin.OpenIdProvider.SignedIn;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs in at an OpenID provider. */
final class OidcSignIn implements SignInProvider {

    static final String ID = "oidc";

    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);

    /** As Backstage names it, so that the address that is registered at the provider can stay. */
    private static final String CALLBACK = "/" + ID + "/handler/frame";

    private final OidcSettings settings;
    private final OpenIdProvider provider;
    private final UserResolvers users;
    private final CookieSessions sessions;
    private final BegunCookie begun;
    private final SignInPage page;
    private final Supplier<String> address;

    /** @param address the host's base URL, as browsers see it */
    OidcSignIn(
            OidcSettings settings,
            OpenIdProvider provider,
            UserResolvers users,
            CookieSessions sessions,
            BegunCookie begun,
            SignInPage page,
            Supplier<String> address) {
        this.settings = settings;
        this.provider = provider;
        this.users = users;
        this.sessions = sessions;
        this.begun = begun;
        this.page = page;
        this.address = address;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return settings.title();
    }

    @Override
    public boolean startsByPost() {
        return false;
    }

    @Override
    public void declare(Routes routes) {
        routes.get("/" + ID + "/start", Access.PUBLIC, (context, caller) -> start(context))
                .query(ReturnPath.PARAMETER);
        // Providers may add parameters to the query.
        routes.get(CALLBACK, Access.PUBLIC, (context, caller) -> comeBack(context));
    }

    private URI callback() {
        return settings.callbackUrl().orElseGet(() -> URI.create(address.get() + "/api/auth" + CALLBACK));
    }

    private void start(Context context) {
        ReturnPath back = ReturnPath.parse(context.queryParam(ReturnPath.PARAMETER));
        context.header("Cache-Control", "no-store");
        try {
            Begin begin = provider.begin(callback());
            begun.keep(context, begin.begun(), back);
            context.redirect(begin.address().toString(), HttpStatus.SEE_OTHER);
        } catch (Refused e) {
            fail(context, e, back);
        }
    }

    private void comeBack(Context context) {
        ClientCredentials request = AuthRoutes.credentials(context);
        context.header("Cache-Control", "no-store");
        Optional<BegunCookie.Kept> kept = begun.take(context, request);
        ReturnPath back = kept.map(BegunCookie.Kept::back).orElseGet(() -> ReturnPath.parse(null));
        try {
            OpenIdProvider.Begun before = kept.orElseThrow(
                            () -> new Refused(SignInFailure.NOT_STARTED, "the browser has not begun a sign-in"))
                    .begun();
            complete(context, request, provider.complete(before, answer(context), callback()));
            context.redirect(back.path(), HttpStatus.SEE_OTHER);
        } catch (Refused e) {
            fail(context, e, back);
        }
    }

    private URI answer(Context context) throws Refused {
        try {
            return new URI(callback() + "?" + context.queryString());
        } catch (URISyntaxException e) {
            throw new Refused(SignInFailure.REFUSED_BY_PROVIDER, "the answer's query is not valid");
        }
    }

    private void complete(Context context, ClientCredentials request, SignedIn profile) throws Refused {
        EntityRef user = users.resolve(profile)
                .orElseThrow(() -> new Refused(
                        SignInFailure.UNKNOWN_USER,
                        "no user of the catalog, or more than one, matches " + profile + " by the resolvers"));
        sessions.begin(
                context, request, user, ID, settings.sessionDuration().orElse(Session.LONGEST), profile.idToken());
    }

    private void fail(Context context, Refused failure, ReturnPath back) {
        LOG.warn("a sign-in failed, and the browser gets a page that says so: {}", failure.getMessage());
        page.showFailure(context, failure.failure(), back);
    }

    @Override
    public Optional<String> signOutAddress(Session session) {
        return session.idTokenHint()
                .flatMap(token -> provider.signOutAddress(token, URI.create(address.get() + SignInPage.PATH)))
                .map(URI::toString);
    }
}
