package dev.belfry.host.config;

import java.time.Duration;

/**
 * {@code belfry.limits}: what one plugin, and what clients may take of the host.
 *
 * @param carrierThreads threads that carry virtual threads; more than there are processors, so that handlers which compute
 *     without end leave some over
 * @param requestsPerPlugin requests that may be inside one plugin at a time; fewer than there are carriers
 * @param patience how long a request waits to get in
 * @param clients what clients may take
 */
public record LimitSettings(int carrierThreads, int requestsPerPlugin, Duration patience, ClientSettings clients) {}
