package dev.belfry.host.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code belfry}: settings without an equivalent in Backstage.
 *
 * @param dataDirectory SQLite files, keys, copies of JARs
 * @param bodyLimit maximum request body in bytes
 * @param startTimeout time limit of a plugin's start
 * @param drainTimeout how long requests in flight may continue during a stop
 * @param stopTimeout time limit of the whole host's stop
 * @param accessLog whether each request is logged
 * @param limits limits of plugins and clients
 * @param outgoing requests of plugins to other servers
 * @param statements slow-query threshold and statement timeout
 */
public record BelfrySettings(
        Path dataDirectory,
        long bodyLimit,
        Duration startTimeout,
        Duration drainTimeout,
        Duration stopTimeout,
        boolean accessLog,
        LimitSettings limits,
        OutgoingSettings outgoing,
        StatementSettings statements) {}
