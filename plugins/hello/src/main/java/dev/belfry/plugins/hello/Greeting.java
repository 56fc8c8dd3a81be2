package dev.belfry.plugins.hello;

/**
 * The answer.
 *
 * @param times how often this name has been greeted, this time included
 */
public record Greeting(String text, int times) {}
