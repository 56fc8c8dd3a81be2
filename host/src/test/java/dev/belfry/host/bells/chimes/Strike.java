package dev.belfry.host.bells.chimes;

/** What a chime gives. */
public record Strike(String sound) {}
