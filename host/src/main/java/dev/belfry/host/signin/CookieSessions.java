package dev.belfry.host.signin;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.access.ClientCredentials;
import dev.belfry.host.access.SessionUsers;
import dev.belfry.host.session.Session;
import dev.belfry.host.session.SessionSecret;
import dev.belfry.host.session.Sessions;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions by their cookie. A request that changes something must come from a page of this host (CSRF). */
public final class CookieSessions implements SessionUsers {

    private static final String COOKIE = "belfry";
    private static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final CookieScope cookies;

    CookieSessions(Sessions sessions, CookieScope cookies) {
        this.sessions = sessions;
        this.cookies = cookies;
    }

    /** A session and what opens it. */
    record Open(SessionSecret secret, Session session) {}

    @Override
    public Optional<EntityRef> userOf(ClientCredentials request) {
        Optional<Open> open = find(request);
        open.filter(_ -> request.isChange()).ifPresent(found -> requireOwnPage(request, found.secret()));
        return open.map(found -> found.session().user());
    }

    /** The session of a request without a token: a token always wins. */
    Optional<Open> find(ClientCredentials request) {
        if (request.header("Authorization").isPresent()) {
            return Optional.empty();
        }
        try {
            return secret(request).flatMap(secret -> sessions.find(secret).map(session -> new Open(secret, session)));
        } catch (DatabaseUnavailable e) {
            throw ApiError.unavailable(
                    "sessions cannot be read: " + e.reason().description() + "; retry in a moment", RETRY_AFTER);
        }
    }

    private Optional<SessionSecret> secret(ClientCredentials request) {
        return cookies.read(request, COOKIE).flatMap(SessionSecret::parse);
    }

    /** Only browsers set the first header, and only pages of this host can read the value of the second one. */
    private static void requireOwnPage(ClientCredentials request, SessionSecret secret) {
        boolean sameOrigin =
                request.header("Sec-Fetch-Site").filter("same-origin"::equals).isPresent();
        if (!sameOrigin
                && request.header(CSRF_HEADER).filter(secret::isCsrfToken).isEmpty()) {
            throw ApiError.notAllowed("a request that changes something with the session's cookie needs the header '"
                    + CSRF_HEADER + "' with the value 'csrf' of GET /api/auth/session");
        }
    }

    /** Always a new session: one that somebody else has put into the browser ends here (session fixation). */
    void begin(
            Context context,
            ClientCredentials request,
            EntityRef user,
            String provider,
            Duration longest,
            @Nullable String idToken) {
        secret(request).ifPresent(sessions::end);
        SessionSecret secret = sessions.begin(user, provider, longest, idToken);
        cookies.set(context, COOKIE, secret.text(), longest);
    }

    void end(Context context, Open open) {
        sessions.end(open.secret());
        cookies.clear(context, COOKIE);
    }

    void endAll(Context context, EntityRef user) {
        sessions.endAll(user);
        cookies.clear(context, COOKIE);
    }
}
