package dev.belfry.host.lifecycle;

/**
 * Another plugin that one plugin names.
 *
 * @param range the versions that do, such as {@code >=1.2.0 & <2.0.0}; {@code *} = any
 * @param optional it need not run, nor be there; what it exports is visible when it is there
 */
public record Dependency(String id, String range, boolean optional) {}
