package dev.belfry.host.lifecycle;

/** How a plugin came to the host. */
public enum PluginOrigin {
    /** It is on the host's class path. */
    STATIC,
    /** It is a JAR in the folder of dynamic plugins. */
    DYNAMIC
}
