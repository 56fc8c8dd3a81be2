package dev.belfry.host.lifecycle;

/** A call was refused at the border of a plugin that has stopped; nothing of it has happened. */
public final class PluginStopped extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient Object refuser;

    PluginStopped(String pluginId, Object refuser) {
        super("plugin '" + pluginId + "' has stopped");
        this.refuser = refuser;
    }

    /** Whether this very object refused, and not another one further in. */
    public boolean isFrom(Object called) {
        return refuser == called;
    }
}
