package dev.belfry.host.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code belfry}: what no other member of the family has a key for.
 *
 * @param dataDirectory SQLite files, keys, copies of JARs
 * @param bodyLimit longest request body in bytes
 * @param startTimeout how long a plugin's start may take
 * @param drainTimeout how long requests in flight may go on when something stops
 * @param stopTimeout how long the stop of the whole host may take
 * @param accessLog whether each request is logged
 * @param limits what one plugin may take
 * @param statements what becomes of statements of a database that take long
 */
public record BelfrySettings(
        Path dataDirectory,
        long bodyLimit,
        Duration startTimeout,
        Duration drainTimeout,
        Duration stopTimeout,
        boolean accessLog,
        LimitSettings limits,
        StatementSettings statements) {}
