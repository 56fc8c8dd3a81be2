package dev.belfry.host.lifecycle;

/** A call to a stopped plugin was rejected; it had no effect. */
public final class PluginStopped extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient Object refuser;

    PluginStopped(String pluginId, Object refuser) {
        super("plugin '" + pluginId + "' has stopped");
        this.refuser = refuser;
    }

    /** Whether this object rejected the call, and not another one further in. */
    public boolean isFrom(Object called) {
        return refuser == called;
    }
}
