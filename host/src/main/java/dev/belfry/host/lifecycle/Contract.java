package dev.belfry.host.lifecycle;

/**
 * The packages that a plugin exports, as its dependents see them. Two are equal when their content is the same, byte for
 * byte; dependents that were linked to one then fit the other.
 */
public interface Contract {}
