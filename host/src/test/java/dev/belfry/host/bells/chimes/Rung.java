package dev.belfry.host.bells.chimes;

/** An event: a bell has rung. */
public record Rung(String sound) {}
