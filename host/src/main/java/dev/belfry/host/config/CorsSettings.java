package dev.belfry.host.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code backend.cors}. Without it, cross-origin access is off and {@code origins} is empty.
 *
 * @param origins exact origins, or {@code *} for any
 */
public record CorsSettings(
        List<String> origins,
        List<String> methods,
        List<String> allowedHeaders,
        List<String> exposedHeaders,
        boolean credentials,
        Optional<Duration> maxAge) {}
