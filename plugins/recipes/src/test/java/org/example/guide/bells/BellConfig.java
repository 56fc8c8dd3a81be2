package org.example.guide.bells;

/** The section {@code two-bells} of the configuration. */
public record BellConfig(String tone) {}
