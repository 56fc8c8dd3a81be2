package dev.belfry.host.signin;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.Routes;
import dev.belfry.host.access.ClientCredentials;
import dev.belfry.host.access.SessionTokens;
import dev.belfry.host.directory.EntityDirectory;
import dev.belfry.host.session.Session;
import io.javalin.http.Context;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes below {@code /api/auth}. */
public final class AuthRoutes {

    private static final String OPENAPI = "dev/belfry/host/signin/openapi.yaml";
    private static final String NO_STORE = "no-store";
    private static final String TOKEN = "token";

    private final List<SignInProvider> providers;
    private final CookieSessions sessions;
    private final Optional<SessionTokens> tokens;
    private final Catalog catalog;
    private final EntityDirectory directory;
    private final String base;

    /**
     * @param tokens empty if only plugins supply the port identity, which decide about tokens
     * @param base the path below which browsers see the host; empty = the root
     */
    AuthRoutes(
            List<SignInProvider> providers,
            CookieSessions sessions,
            Optional<SessionTokens> tokens,
            Catalog catalog,
            EntityDirectory directory,
            String base) {
        this.base = base;
        this.providers = providers;
        this.sessions = sessions;
        this.tokens = tokens;
        this.catalog = catalog;
        this.directory = directory;
    }

    public void declare(Routes routes) {
        routes.openApi(OPENAPI);
        routes.get("/providers", Access.PUBLIC, (context, caller) -> providers(context));
        routes.get("/session", Access.PUBLIC, this::session);
        routes.post("/sign-out", Access.PUBLIC, (context, caller) -> signOut(context));
        routes.post("/sign-out/everywhere", Access.PUBLIC, this::signOutEverywhere);
        routes.get("/.well-known/jwks.json", Access.PUBLIC, (context, caller) -> jwks(context));
        routes.post("/token", Access.AUTHENTICATED, (context, caller) -> token(context));
        providers.forEach(provider -> provider.declare(routes));
    }

    static ClientCredentials credentials(Context context) {
        ClientCredentials found = context.attribute(ClientCredentials.ATTRIBUTE);
        return Objects.requireNonNull(found, "every route checks its caller first");
    }

    /** Whether the request has the cookie of a session. */
    public boolean hasSession(Context context) {
        return sessions.find(credentials(context)).isPresent();
    }

    private record Provider(String id, String title, String start) {}

    private void providers(Context context) {
        context.header("Cache-Control", NO_STORE)
                .json(Map.of(
                        "items",
                        providers.stream()
                                .map(provider -> new Provider(provider.id(), provider.title(), provider.start(base)))
                                .toList()));
    }

    private record SessionBody(
            @Nullable String user,
            @Nullable String displayName,
            @Nullable String signedInBy,
            @Nullable String expiresAt,
            @Nullable String csrf) {}

    private void session(Context context, Caller caller) {
        context.header("Cache-Control", NO_STORE).json(body(credentials(context), caller));
    }

    private SessionBody body(ClientCredentials request, Caller caller) {
        if (!(caller instanceof Caller.User user)) {
            return new SessionBody(null, null, caller instanceof Caller.Anonymous ? null : TOKEN, null, null);
        }
        String ref = user.ref().toString();
        String name = directory.displayNameOf(user.ref()).orElse(null);
        if (request.header("Authorization").isPresent()) {
            return new SessionBody(ref, name, TOKEN, null, null);
        }
        return sessions.find(request)
                .filter(open -> open.session().user().equals(user.ref()))
                .map(open -> new SessionBody(
                        ref,
                        name,
                        open.session().provider(),
                        open.session().expires().toString(),
                        open.secret().csrfToken()))
                .orElseGet(() -> new SessionBody(ref, name, GuestProvider.ID, null, null));
    }

    private record SignedOut(@Nullable String redirect) {}

    /** Without a session there is nothing to end: the result is what the caller wants. */
    private void signOut(Context context) {
        Optional<CookieSessions.Open> open = sessions.find(credentials(context));
        open.ifPresent(found -> sessions.end(context, found));
        answer(context, open.flatMap(found -> signOutAddress(found.session())));
    }

    private void signOutEverywhere(Context context, Caller caller) {
        ClientCredentials request = credentials(context);
        Optional<CookieSessions.Open> open = sessions.find(request);
        if (open.isPresent()) {
            sessions.endAll(context, open.get().session().user());
        } else if (caller instanceof Caller.User user
                && request.header("Authorization").isPresent()) {
            sessions.endAll(context, user.ref());
        }
        answer(context, open.flatMap(found -> signOutAddress(found.session())));
    }

    private Optional<String> signOutAddress(Session session) {
        return providers.stream()
                .filter(provider -> provider.id().equals(session.provider()))
                .findFirst()
                .flatMap(provider -> provider.signOutAddress(session));
    }

    private static void answer(Context context, Optional<String> redirect) {
        context.header("Cache-Control", NO_STORE).json(new SignedOut(redirect.orElse(null)));
    }

    private void jwks(Context context) {
        // Not cached: a verifier looks here when a token has a key that it does not know yet.
        context.header("Cache-Control", "no-cache")
                .contentType("application/json")
                .result(tokens.map(SessionTokens::jwks).orElse("{\"keys\":[]}"));
    }

    private record TokenBody(String token, long expiresIn) {}

    private void token(Context context) {
        EntityRef user = sessions.find(credentials(context))
                .map(open -> open.session().user())
                .orElseThrow(() -> ApiError.notAllowed(
                        "tokens are for signed-in browsers: the request needs the cookie of a session, and no header"
                                + " 'Authorization'"));
        SessionTokens issuer = tokens.orElseThrow(
                () -> ApiError.notFound(
                        "this host issues no tokens: the identities of ports.identity, without 'belfry', would not accept them"));
        Set<EntityRef> ownership = new LinkedHashSet<>(Set.of(user));
        ownership.addAll(catalog.groupsOf(user));
        context.header("Cache-Control", NO_STORE)
                .json(new TokenBody(issuer.forUser(user, ownership), SessionTokens.LIFETIME.toSeconds()));
    }
}
