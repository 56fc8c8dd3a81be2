package dev.belfry.host.config;

/**
 * {@code backend.listen}.
 *
 * @param host address or name to bind; {@code 127.0.0.1} unless said otherwise
 * @param port 0 = any free one
 */
public record ListenSettings(String host, int port) {}
