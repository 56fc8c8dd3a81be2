package dev.belfry.benchmarks.cases;

import dev.belfry.benchmarks.load.Request;

/** One thing that is measured of one subject. */
public record Case(Subject subject, CaseName name, Request request) {}
