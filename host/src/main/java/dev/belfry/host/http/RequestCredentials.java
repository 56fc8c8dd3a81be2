package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.access.ClientCredentials;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The credentials of an HTTP request. */
record RequestCredentials(HttpServletRequest request) implements ClientCredentials {

    /** @throws ApiError 401 when the header occurs more than once: a proxy may have checked another one */
    @Override
    public Optional<String> header(String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1 && name.equalsIgnoreCase("Authorization")) {
            throw ApiError.authentication("the header 'Authorization' was sent " + values.size() + " times");
        }
        return values.stream().findFirst();
    }

    @Override
    public Optional<String> cookie(String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    @Override
    public String clientAddress() {
        return request.getRemoteAddr();
    }

    @Override
    public boolean isChange() {
        return CrossSiteProtection.isChange(request.getMethod());
    }

    @Override
    public boolean isFromForeignPage() {
        return CrossSiteProtection.isForeign(ServletContextRequest.getServletContextRequest(request));
    }

    @Override
    public boolean isFromUnknownProxy() {
        return ForwardedClient.isFromUnknownProxy(ServletContextRequest.getServletContextRequest(request));
    }
}
