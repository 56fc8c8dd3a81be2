package org.example.guide.bells.chimes;

/** The extension point: a sound. */
@FunctionalInterface
public interface Chime {
    String sound();
}
