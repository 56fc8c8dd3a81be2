package dev.belfry.plugins.hello;

/**
 * The response.
 *
 * @param times how often this name has been greeted, this time included
 */
public record Greeting(String text, int times) {}
