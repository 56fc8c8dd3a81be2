package dev.belfry.host.leak;

import java.time.Instant;

/**
 * A generation of a plugin that has stopped and whose classes cannot be unloaded.
 *
 * @param generation such as {@code hello#3}
 * @param holder what holds it
 * @param noticed when that was known
 */
public record Leak(String plugin, String generation, String holder, Instant noticed) {}
