package dev.belfry.api;

/**
 * A capability that the host can start and stop.
 *
 * <p>A plugin is one public class with a public constructor without parameters, named in
 * {@code META-INF/services/dev.belfry.api.Plugin} of its JAR. The same class and the same JAR serve both ways of
 * inclusion: on the host's class path (static), or dropped into the folder of dynamic plugins.
 *
 * <p>The JAR's manifest describes it: {@code Plugin-Id}, {@code Plugin-Version} (semantic version),
 * {@code Plugin-Requires} (range of versions of this API), {@code Plugin-Dependencies}, {@code Plugin-Provider},
 * {@code Plugin-Description}.
 *
 * @since 0.1
 */
public interface Plugin {

    /**
     * Called once, before the first request. Everything the plugin takes from {@code context} is undone by the host when
     * the plugin stops, in reverse order; routes are served only after this method has returned.
     *
     * @param context what the host offers this plugin; valid until the plugin has stopped
     * @throws Exception any exception refuses the plugin; its message is shown to the operator as the reason
     */
    void start(PluginContext context) throws Exception;

    /**
     * Called once after the last request has been answered, before the host undoes what the plugin took. It is not called
     * when {@link #start} failed.
     *
     * @throws Exception logged by the host; the plugin counts as stopped all the same
     */
    default void stop() throws Exception {}
}
