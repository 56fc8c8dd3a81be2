package dev.belfry.host.leak;

import java.time.Instant;

/**
 * A stopped plugin generation that cannot be unloaded.
 *
 * @param generation such as {@code hello#3}
 * @param holder what references it
 * @param noticed time of the detection
 */
public record Leak(String plugin, String generation, String holder, Instant noticed) {}
