package dev.belfry.host.bells.chimes;

/** Packed or not, it makes two versions of the exported package. */
public record Hour(int hour) {}
