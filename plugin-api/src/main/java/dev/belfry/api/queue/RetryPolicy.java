package dev.belfry.api.queue;

import java.time.Duration;

/**
 * When to try a payload again. The delay doubles after each failure, up to the maximum.
 *
 * @param maxAttempts attempts before the payload becomes a dead letter, at least 1. A crash of the host during an attempt counts
 * @param firstDelay delay after the first failure, positive
 * @param maxDelay at least {@code firstDelay}
 * @param attemptLimit how long an attempt may take, positive. The thread of a handler that takes longer is interrupted, and the attempt
 *     has failed
 * @since 0.2
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay, Duration attemptLimit) {

    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);

    /** 10 attempts of at most 5 minutes: after 1 s, 2 s, 4 s, up to about 4 minutes. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(10, Duration.ofSeconds(1), Duration.ofMinutes(10));

    private static final int MAX_DOUBLINGS = 30;

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, not " + maxAttempts);
        }
        if (firstDelay.isZero() || firstDelay.isNegative()) {
            throw new IllegalArgumentException("firstDelay must be positive, not " + firstDelay);
        }
        if (maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "maxDelay must be at least firstDelay (" + firstDelay + "), not " + maxDelay);
        }
        if (attemptLimit.isZero() || attemptLimit.isNegative()) {
            throw new IllegalArgumentException("attemptLimit must be positive, not " + attemptLimit);
        }
    }

    /** With attempts of at most 5 minutes. */
    public RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {
        this(maxAttempts, firstDelay, maxDelay, DEFAULT_LIMIT);
    }

    /** @param failures number of failed attempts so far, at least 1 */
    public Duration delayAfter(int failures) {
        Duration delay = firstDelay.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
    }
}
