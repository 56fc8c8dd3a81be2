package dev.belfry.benchmarks.load;

/**
 * How quickly requests were answered.
 *
 * @param perSecond requests answered well, a second
 * @param medianMillis half of the answers took no longer
 * @param p99Millis of a hundred answers 99 took no longer
 * @param failed requests that were answered with an error, or not at all in time
 */
public record Rate(double perSecond, double medianMillis, double p99Millis, long failed) {}
