package dev.belfry.host.lifecycle;

/** Where a plugin is in its life. */
public enum State {
    STARTING,
    /** What it needs, such as its database, is away; its start is tried again. */
    WAITING,
    RUNNING,
    /** Another candidate with the same id runs; it takes over when that one goes. */
    SHADOWED,
    /** It could not be loaded or started; the reason says why. */
    FAILED,
    /** An operator has switched it off. */
    DISABLED
}
