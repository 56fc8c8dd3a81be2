package org.example.guide.bells.chimes;

/** The event: a bell has rung. */
public record Rung(String sound) {}
