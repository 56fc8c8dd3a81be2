package org.example.guide.bells.chimes;

/** The service of the bells for one other plugin. */
@FunctionalInterface
public interface Tower {
    String ring();
}
