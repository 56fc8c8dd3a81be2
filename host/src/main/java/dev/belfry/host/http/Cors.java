package dev.belfry.host.http;

import dev.belfry.host.settings.CorsSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;

/** CORS, by Jetty's handler. */
final class Cors {

    private Cors() {}

    static Optional<CrossOriginHandler> handler(CorsSettings settings) {
        if (settings.origins().isEmpty()) {
            return Optional.empty();
        }
        CrossOriginHandler handler =
                settings.allowedHeaders().isEmpty() ? new RequestedHeaders() : new CrossOriginHandler();
        handler.setAllowedOriginPatterns(settings.origins().stream()
                .map(origin -> origin.regex().pattern())
                .collect(Collectors.toSet()));
        handler.setAllowedMethods(new LinkedHashSet<>(settings.methods()));
        handler.setAllowedHeaders(
                settings.allowedHeaders().isEmpty() ? Set.of("*") : new LinkedHashSet<>(settings.allowedHeaders()));
        handler.setExposedHeaders(new LinkedHashSet<>(settings.exposedHeaders()));
        handler.setAllowCredentials(settings.usesCredentials());
        settings.maxAge().ifPresent(handler::setPreflightMaxAge);
        handler.setDeliverPreflightRequests(false);
        return Optional.of(handler);
    }

    /**
     * Allows the headers that a preflight asks for. Jetty's {@code *} does not cover {@code Authorization}, and no header at all of a
     * request with credentials (Fetch, section 3.3.5).
     */
    private static final class RequestedHeaders extends CrossOriginHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            List<String> requested = request.getHeaders().getCSV(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS, false);
            if (!HttpMethod.OPTIONS.is(request.getMethod()) || requested.isEmpty()) {
                return super.handle(request, response, callback);
            }
            return super.handle(request, response, new Callback.Nested(callback) {
                @Override
                public void succeeded() {
                    HttpFields.Mutable headers = response.getHeaders();
                    if (headers.contains(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS)) {
                        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", requested));
                        headers.add(HttpHeader.VARY, HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS.asString());
                    }
                    super.succeeded();
                }
            });
        }
    }
}
