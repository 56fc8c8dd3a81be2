package dev.belfry.host.config;

/**
 * {@code backend.listen}.
 *
 * @param host address or name to bind; default {@code 127.0.0.1}
 * @param port 0 = any free port
 */
public record ListenSettings(String host, int port) {}
