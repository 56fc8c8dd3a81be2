package dev.belfry.host.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * The path of {@code backend.baseUrl}, below which clients see the host. A proxy may remove it from requests or not: the host accepts
 * both.
 *
 * @param path such as {@code /belfry}; empty = the root
 */
record BasePath(String path) implements HttpConfiguration.Customizer {

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        HttpURI uri = request.getHttpURI();
        String asked = uri.getPathQuery();
        if (path.isEmpty() || asked == null || !isBelow(asked)) {
            return request;
        }
        String rest = asked.substring(path.length());
        return Request.serveAs(request, HttpURI.build(uri, rest.startsWith("/") ? rest : "/" + rest));
    }

    /** A path of the host, or an address of another one, as clients see it. */
    String of(String location) {
        boolean isOwnPath = location.startsWith("/") && !location.startsWith("//");
        return isOwnPath && !isBelow(location) ? path + location : location;
    }

    private boolean isBelow(String location) {
        return location.startsWith(path)
                && (location.length() == path.length() || "/?#".indexOf(location.charAt(path.length())) >= 0);
    }
}
