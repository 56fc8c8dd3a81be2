package dev.belfry.host.bells.chimes;

/** An extension point that one plugin of the tests offers and others fill. */
public interface Chime {

    Strike strike();
}
