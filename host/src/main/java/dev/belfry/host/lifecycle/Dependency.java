package dev.belfry.host.lifecycle;

/**
 * A dependency on another plugin.
 *
 * @param range accepted versions, such as {@code >=1.2.0 & <2.0.0}; {@code *} = any
 * @param optional whether the plugin also starts without the other one
 */
public record Dependency(String id, String range, boolean optional) {}
