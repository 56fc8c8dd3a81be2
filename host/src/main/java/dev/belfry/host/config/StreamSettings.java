package dev.belfry.host.config;

import java.time.Duration;

/**
 * {@code belfry.limits.streams}: event streams.
 *
 * @param total maximum number of open streams
 * @param perCaller the same, per caller
 * @param queueSize bytes that are kept for one client; a client that needs more is disconnected
 * @param heartbeat after this time without an event, a client gets a comment
 * @param reconnectWithin when streams are drained, their clients connect again within this time
 */
public record StreamSettings(int total, int perCaller, int queueSize, Duration heartbeat, Duration reconnectWithin) {}
