package dev.belfry.benchmarks.report;

import dev.belfry.benchmarks.cases.CaseName;
import dev.belfry.benchmarks.cases.Subject;

/** What a figure is of. */
public record Key(long size, Subject subject, CaseName name, int connections) {}
