package dev.belfry.host.config;

import java.time.Duration;
import java.util.List;

/** Reads {@code backend.cors}. */
final class CorsReader {

    private static final List<String> DEFAULT_METHODS = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

    private CorsReader() {}

    static CorsSettings read(Section backend) {
        try (Section cors = backend.section("cors")) {
            List<String> origins = cors.words("origin");
            List<String> methods = cors.words("methods");
            boolean credentials = cors.flag("credentials").orElse(false);
            if (credentials && origins.contains("*")) {
                cors.fault("credentials", "cannot be true while any origin ('*') is allowed: name the origins");
            }
            cors.ignore("optionsSuccessStatus", "preflightContinue");
            return new CorsSettings(
                    origins,
                    methods.isEmpty() ? DEFAULT_METHODS : methods,
                    cors.words("allowedHeaders"),
                    cors.words("exposedHeaders"),
                    credentials,
                    cors.number("maxAge", 0, Integer.MAX_VALUE).map(Duration::ofSeconds));
        }
    }
}
