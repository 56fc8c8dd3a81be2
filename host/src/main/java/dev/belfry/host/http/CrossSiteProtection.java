package dev.belfry.host.http;

import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.OriginPattern;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Protects users of a browser against requests that other sites send for them. While guest access is on, the Host
 * header must be one of the host's own names (DNS rebinding), and a request of a foreign origin does not act as the guest. A request
 * without a token that changes something must not come from a foreign origin (CSRF): browsers send such requests before they check CORS.
 */
final class CrossSiteProtection extends Handler.Wrapper {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|0:0:0:0:0:0:0:1|127(\\.\\d{1,3}){3}");
    /** Scheme and authority (RFC 6454, section 6.2). */
    private static final Pattern ORIGIN = Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?#@]+)");

    private static final String FOREIGN = CrossSiteProtection.class.getName() + ".foreign";
    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    private final boolean guest;
    private final String listen;
    private final Optional<URI> baseUrl;
    /** Without patterns that pages of any site match. */
    private final List<Pattern> namedOrigins;

    CrossSiteProtection(HostSettings settings) {
        guest = settings.auth().guest().isPresent();
        listen = settings.listen().host().toLowerCase(Locale.ROOT);
        baseUrl = settings.baseUrl();
        namedOrigins = settings.cors().origins().stream()
                .filter(pattern -> !pattern.isOpen())
                .map(OriginPattern::regex)
                .toList();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String host = ForwardedClient.host(request)
                .orElseGet(() -> Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.HOST), ""))
                .toLowerCase(Locale.ROOT);
        if (guest && !isOwn(host, request)) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    421,
                    "the host '" + host
                            + "' is not served here: with guest access, use localhost, the address that the host"
                            + " listens on, or the host of backend.baseUrl");
            return true;
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        boolean isForeign = origin != null && !isOwnOrigin(origin, host) && !isNamed(origin);
        request.setAttribute(FOREIGN, isForeign);
        if (isForeign && isAtRisk(request)) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    403,
                    "a page of the origin '" + origin
                            + "' may not send this without a token; backend.cors.origin names those that may");
            return true;
        }
        return super.handle(request, response, callback);
    }

    static boolean isChange(String method) {
        return !SAFE_METHODS.contains(method);
    }

    /** Whether a page of another site has sent the request. */
    static boolean isForeign(Request request) {
        return Boolean.TRUE.equals(request.getAttribute(FOREIGN));
    }

    /** A page of another site cannot know a token. */
    private static boolean isAtRisk(Request request) {
        return isChange(request.getMethod()) && !request.getHeaders().contains(HttpHeader.AUTHORIZATION);
    }

    private boolean isOwn(String authority, Request request) {
        String name = name(authority);
        return name.equals("localhost")
                || name.equals("127.0.0.1")
                || LOOPBACK.matcher(name).matches()
                || (name.equals(listen) && !EVERY_ADDRESS.contains(listen))
                || name.equals(Request.getLocalAddr(request))
                || baseUrl.map(URI::getHost)
                        .filter(own -> name(own.toLowerCase(Locale.ROOT)).equals(name))
                        .isPresent();
    }

    /** The part before the port. */
    private static String name(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    private boolean isNamed(String origin) {
        return namedOrigins.stream().anyMatch(pattern -> pattern.matcher(origin).matches());
    }

    private boolean isOwnOrigin(String origin, String host) {
        Matcher page = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (!page.matches()) {
            return false;
        }
        String scheme = page.group(1);
        String authority = withPort(scheme, page.group(2));
        // Behind a proxy that ends TLS, the page's scheme is not the host's.
        return authority.equals(withPort(scheme, host))
                || baseUrl.filter(own -> scheme.equalsIgnoreCase(own.getScheme())
                                && authority.equals(
                                        withPort(scheme, own.getRawAuthority().toLowerCase(Locale.ROOT))))
                        .isPresent();
    }

    private static String withPort(String scheme, String authority) {
        return PORT.matcher(authority).find() ? authority : authority + (scheme.equals("https") ? ":443" : ":80");
    }
}
