package dev.belfry.api;

/**
 * A plugin: code that the host can start, stop and replace at runtime.
 *
 * <p>A plugin is one public class with a public constructor without parameters, named in
 * {@code META-INF/services/dev.belfry.api.Plugin} of its JAR. The same JAR can be on the host's class path (static
 * plugin) or in the drop folder (dynamic plugin).
 *
 * <p>The JAR's manifest describes the plugin: {@code Plugin-Id}, {@code Plugin-Version} (semantic version),
 * {@code Plugin-Requires} (range of versions of this API), {@code Plugin-Dependencies}, {@code Plugin-Provider},
 * {@code Plugin-Description}.
 *
 * @since 0.1
 */
public interface Plugin {

    /**
     * Called once, before the first request. The host serves the plugin's routes after this method has returned. When the
     * plugin stops, the host undoes all registrations with {@code context}, in reverse order.
     *
     * <p>Runs on a thread of its own, concurrently with the starts of plugins that do not depend on this one. The host
     * interrupts the thread when the start takes longer than {@code belfry.startTimeout}, or when an operator removes,
     * replaces, restarts or disables the plugin meanwhile. The start has then failed: further registrations throw an
     * {@link IllegalStateException}.
     *
     * @param context the services of the host; valid until the plugin has stopped
     * @throws Exception if the plugin cannot run; the operator sees the message as the reason
     */
    void start(PluginContext context) throws Exception;

    /**
     * Called once after the last response, before the host undoes the plugin's registrations. Not called if {@link #start}
     * failed.
     *
     * @throws Exception is logged; the plugin is stopped nevertheless
     */
    default void stop() throws Exception {}
}
