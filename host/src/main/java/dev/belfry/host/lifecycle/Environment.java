package dev.belfry.host.lifecycle;

import dev.belfry.api.PluginContext;

/** What the life of a plugin needs from the rest of the host. */
public interface Environment {

    /** Everything that one generation gets. */
    Session prepare(Generation generation);

    /** Tells requests that come meanwhile that the plugin will be there later. */
    void announceWaiting(String pluginId);

    /** Whether this failure is of something that is away and comes back, so that trying again later is worth it. */
    boolean isPassing(Throwable failure);

    /** The host's side of one generation. */
    interface Session {

        PluginContext context();

        /**
         * Called when the plugin's own start has returned: makes what it declared ready to serve.
         *
         * @throws RuntimeException when that contradicts itself; it refuses the plugin
         */
        void complete();

        /** From here on new requests meet this generation. */
        void open();

        /** From here on no new request meets this generation; long streams are told to end. */
        void close();
    }
}
