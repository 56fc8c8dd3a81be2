package dev.belfry.host.lifecycle;

/** The state of a plugin. */
public enum State {
    STARTING,
    /** Something that it needs, such as its database, is unavailable. The start is retried. */
    WAITING,
    RUNNING,
    /** Another candidate with the same id runs; this one takes over when the other is removed. */
    SHADOWED,
    /** It could not be loaded or started; see the reason. */
    FAILED,
    /** An operator has disabled it. */
    DISABLED
}
