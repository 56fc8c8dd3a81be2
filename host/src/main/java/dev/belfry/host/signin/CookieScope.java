package dev.belfry.host.signin;

import dev.belfry.host.access.ClientCredentials;
import dev.belfry.host.settings.HostSettings;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;

/**
 * The host's cookies. Over TLS their names begin with {@code __Host-}, so that browsers accept them from this host alone, and only
 * encrypted (RFC 6265bis, section 4.1.3.2).
 *
 * @param secure whether browsers reach the host by https
 * @param path below which browsers see the host; other applications of the same name have other paths
 */
record CookieScope(boolean secure, String path) {

    private static final String ROOT = "/";
    private static final String PREFIX = "__Host-";

    /** The other prefix demands that the path is the root. */
    private static final String PREFIX_BELOW = "__Secure-";

    static CookieScope of(HostSettings settings) {
        boolean secure = settings.scheme().equals("https")
                || settings.baseUrl()
                        .filter(url -> "https".equalsIgnoreCase(url.getScheme()))
                        .isPresent();
        return new CookieScope(secure, settings.basePath().isEmpty() ? ROOT : settings.basePath());
    }

    Optional<String> read(ClientCredentials request, String name) {
        return request.cookie(full(name));
    }

    void set(Context response, String name, String value, Duration lifetime) {
        Cookie cookie = new Cookie(full(name), value);
        cookie.setPath(path);
        cookie.setSecure(secure);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.LAX);
        cookie.setMaxAge(Math.toIntExact(lifetime.toSeconds()));
        response.cookie(cookie);
    }

    void clear(Context response, String name) {
        set(response, name, "", Duration.ZERO);
    }

    private String full(String name) {
        return (secure ? path.equals(ROOT) ? PREFIX : PREFIX_BELOW : "") + name;
    }
}
