package dev.belfry.benchmarks.report;

/**
 * A figure that is no rate.
 *
 * @param unit such as ms or MiB
 */
public record Figure(String name, double value, String unit) {}
