package dev.belfry.host.http;

import dev.belfry.host.settings.CorsSettings;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/** CORS, by Jetty's handler. */
final class Cors {

    private Cors() {}

    static Optional<CrossOriginHandler> handler(CorsSettings settings) {
        if (settings.origins().isEmpty()) {
            return Optional.empty();
        }
        CrossOriginHandler handler = new CrossOriginHandler();
        handler.setAllowedOriginPatterns(
                settings.origins().stream().map(Cors::pattern).collect(Collectors.toSet()));
        handler.setAllowedMethods(new LinkedHashSet<>(settings.methods()));
        handler.setAllowedHeaders(
                settings.allowedHeaders().isEmpty() ? Set.of("*") : new LinkedHashSet<>(settings.allowedHeaders()));
        handler.setExposedHeaders(new LinkedHashSet<>(settings.exposedHeaders()));
        handler.setAllowCredentials(settings.credentials());
        settings.maxAge().ifPresent(handler::setPreflightMaxAge);
        handler.setDeliverPreflightRequests(false);
        return Optional.of(handler);
    }

    private static String pattern(String origin) {
        return origin.equals("*") ? ".*" : Pattern.quote(origin);
    }
}
