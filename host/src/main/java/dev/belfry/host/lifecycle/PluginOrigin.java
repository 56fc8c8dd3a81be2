package dev.belfry.host.lifecycle;

/** Where a plugin was loaded from. */
public enum PluginOrigin {
    /** The host's class path. */
    STATIC,
    /** A JAR in the folder of dynamic plugins. */
    DYNAMIC
}
