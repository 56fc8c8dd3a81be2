package dev.belfry.host.lifecycle;

import dev.belfry.api.PluginContext;
import java.util.Map;

/** What the life of a plugin needs from the rest of the host. */
public interface Environment {

    /** Everything that one generation gets. */
    Session prepare(Generation generation);

    /** The ports of a plugin that others are to supply: the port's name in the configuration, and the supplier's id. */
    Map<String, String> suppliersOf(String pluginId);

    /** A generation has stopped and everything it took was undone: nothing should hold it any more. */
    void ended(Generation generation);

    /** Tells requests that come meanwhile that the plugin will be there later. */
    void announceWaiting(String pluginId);

    /** The plugin is not waited for any more. */
    void withdrawWaiting(String pluginId);

    /** Whether this failure is of something that is away and comes back, so that trying again later is worth it. */
    boolean isPassing(Throwable failure);

    /** The host's side of one generation. */
    interface Session {

        PluginContext context();

        /**
         * Called when the plugin's own start has returned: makes what it declared ready to serve, and asks it how it is.
         *
         * @throws RuntimeException when what it declared contradicts itself, or it is not well; it refuses the plugin
         */
        void complete();

        /** From here on new requests and other plugins meet this generation, and no longer the one before. */
        void open();

        /** From here on no new request meets this generation and no plugin finds it; long streams are told to end. */
        void close();
    }
}
