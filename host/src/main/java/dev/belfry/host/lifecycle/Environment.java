package dev.belfry.host.lifecycle;

import dev.belfry.api.PluginContext;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The services of the host that the lifecycle uses. */
public interface Environment {

    /**
     * Creates the context of a generation.
     *
     * @throws Refusal when a file of the plugin is faulty
     */
    Session prepare(Generation generation) throws Refusal;

    /** The ports of a plugin that other plugins supply: port name in the configuration, id of the supplier. */
    Map<String, String> suppliersOf(String pluginId);

    /** The id that a misspelled one probably means. */
    Optional<String> nearId(String misspelled, Set<String> ids);

    /**
     * @param running the location of a plugin that runs, by its id
     * @throws Refusal when the configuration of the plugin's database is wrong, when {@code ports} names a port that the plugin does not
     *     have, or when a plugin does not provide a port that {@code ports} assigns to it
     */
    void requireConfigured(Candidate candidate, Function<String, Optional<URL>> running) throws Refusal;

    /** A generation has stopped and its registrations are undone: nothing should hold its classes any more. */
    void ended(Generation generation);

    /** Requests for the plugin now get 503 with the reason instead of 404. */
    void announceUnavailable(String pluginId, Unavailability why);

    /** Undoes {@link #announceUnavailable}. */
    void withdrawUnavailable(String pluginId);

    /** Whether the failure is temporary, so that a retry makes sense. */
    boolean isPassing(Throwable failure);

    /** The host's services for one generation. */
    interface Session {

        PluginContext context();

        /**
         * Called after the plugin's own start: prepares its routes and runs its health checks.
         *
         * @throws RuntimeException when its declarations are invalid or a health check fails; the start then fails
         */
        void complete();

        /** From now on, new requests and other plugins use this generation, not the previous one. */
        void open();

        /** From now on, no new request and no other plugin uses this generation. Streams are told to end. */
        void close();
    }
}
