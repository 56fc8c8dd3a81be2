package dev.belfry.benchmarks.report;

/** Names of figures that are no rates. */
public final class Figures {

    public static final String START = "ms from the start of the process to the first 200 (SQLite)";
    public static final String MEMORY = "MiB resident after 1,000 requests (SQLite)";

    private Figures() {}
}
