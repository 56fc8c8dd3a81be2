package dev.belfry.host.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code backend.cors}. */
final class CorsReader {

    private static final List<String> DEFAULT_METHODS = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

    private CorsReader() {}

    static CorsSettings read(Section backend, Optional<AuthSettings.Guest> guest) {
        try (Section cors = backend.section("cors")) {
            List<String> origins = cors.words("origin");
            List<String> methods = cors.words("methods");
            boolean credentials = cors.flag("credentials").orElse(false);
            if (credentials && origins.contains("null")) {
                cors.problem(
                        "credentials",
                        "cannot be true while the origin 'null' is allowed: every sandboxed page has it");
            }
            if (guest.isPresent() && origins.contains("null")) {
                cors.problem(
                        "origin",
                        "cannot be 'null' while guest access is switched on (auth.providers.guest): every sandboxed page has"
                                + " that origin and could act as the guest; name the origins, or switch guest access off");
            }
            if (credentials && origins.contains("*")) {
                cors.problem("credentials", "cannot be true while any origin ('*') is allowed: name the origins");
            }
            if (guest.isPresent() && origins.contains("*")) {
                cors.problem(
                        "origin",
                        "cannot be any origin ('*') while guest access is switched on (auth.providers.guest): any web page could"
                                + " act as the guest; name the origins, or switch guest access off");
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
