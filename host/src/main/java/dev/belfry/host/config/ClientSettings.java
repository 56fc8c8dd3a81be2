package dev.belfry.host.config;

import java.time.Duration;
import java.util.Set;

/**
 * {@code belfry.limits}: what clients may make the host hold, and how fast they have to be.
 *
 * @param connections open connections at a time
 * @param headerTimeout from the first byte of a request to the end of its headers
 * @param bodyTimeout from the end of the headers to the end of the body, or of its first MiB
 * @param minDataRate bytes a second that a client sends or reads at least, while the host waits for it
 * @param waits requests that may outlive their handler at a time: those that wait, and streams
 * @param waitsPerCaller the same, of one caller
 * @param requestTime how long one request may work; zero = no limit
 * @param requestsPerCaller requests a minute; zero = no limit
 * @param unlimitedCallers subjects whose requests are not counted
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
