package dev.belfry.host.config;

import java.time.Duration;

/**
 * {@code belfry.limits}: limits of each plugin, and of clients.
 *
 * @param carrierThreads carrier threads of virtual threads; more than the number of processors, so that some remain
 *         when handlers compute without end
 * @param requestsPerPlugin concurrent requests inside one plugin; fewer than the carrier threads
 * @param patience how long a request waits for a permit
 * @param clients limits of clients
 * @param streams limits of event streams
 */
public record LimitSettings(
        int carrierThreads, int requestsPerPlugin, Duration patience, ClientSettings clients, StreamSettings streams) {}
