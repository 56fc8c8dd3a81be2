package dev.belfry.host.config;

import java.time.Duration;
import java.util.Set;

/**
 * {@code belfry.limits}: limits of clients.
 *
 * @param connections maximum number of open connections
 * @param headerTimeout from the first byte of a request to the end of its headers
 * @param bodyTimeout from the end of the headers to the end of the body, or of its first MiB
 * @param minDataRate minimum bytes per second that a client sends or reads while the host waits for it
 * @param waits maximum number of asynchronous requests: long polls and streams
 * @param waitsPerCaller the same, per caller
 * @param requestTime limit of one request's working time; zero = no limit
 * @param requestsPerCaller requests per minute; zero = no limit
 * @param unlimitedCallers subjects without a rate limit
 */
public record ClientSettings(
        int connections,
        Duration headerTimeout,
        Duration bodyTimeout,
        long minDataRate,
        int waits,
        int waitsPerCaller,
        Duration requestTime,
        long requestsPerCaller,
        Set<String> unlimitedCallers) {

    public ClientSettings {
        unlimitedCallers = Set.copyOf(unlimitedCallers);
    }
}
