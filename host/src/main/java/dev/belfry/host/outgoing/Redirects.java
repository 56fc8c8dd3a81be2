package dev.belfry.host.outgoing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The request that follows a redirect (RFC 9110, section 15.4), as java.net.http's {@code Redirect.NORMAL} builds it. */
final class Redirects {

    static final int MAX = 5;

    private static final Set<Integer> WITH_GET = Set.of(301, 302, 303);
    private static final Set<Integer> UNCHANGED = Set.of(307, 308);

    /** Credentials are for the server that they were given for. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");

    private Redirects() {}

    /** @return empty when the response is none that can be followed */
    static Optional<HttpRequest> next(HttpRequest request, int status, Optional<String> location) {
        if (location.isEmpty() || !(WITH_GET.contains(status) || UNCHANGED.contains(status))) {
            return Optional.empty();
        }
        URI target;
        try {
            target = request.uri().resolve(location.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean leavesTls =
                request.uri().getScheme().equalsIgnoreCase("https") && !"https".equalsIgnoreCase(target.getScheme());
        if (leavesTls || !isHttp(target)) {
            return Optional.empty();
        }
        boolean sameOrigin = origin(target).equals(origin(request.uri()));
        HttpRequest.Builder next = HttpRequest.newBuilder(
                request, (name, value) -> sameOrigin || !CREDENTIALS.contains(name.toLowerCase(Locale.ROOT)));
        next.uri(target);
        if (WITH_GET.contains(status) && !request.method().equals("HEAD")) {
            next.method("GET", BodyPublishers.noBody());
        }
        return Optional.of(next.build());
    }

    static boolean isHttp(URI uri) {
        return uri.getHost() != null
                && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
    }

    private static String origin(URI uri) {
        return (uri.getScheme() + "://" + uri.getAuthority()).toLowerCase(Locale.ROOT);
    }
}
