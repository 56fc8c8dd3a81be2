package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import java.net.URL;

/** The loaded code of a plugin. Closing unloads it. */
public interface PluginCode extends AutoCloseable {

    /** Creates the plugin instance; this is the first call of the plugin's own code. */
    Plugin create() throws Refusal;

    /**
     * Whether {@link #create} would find a plugin class. Runs no code of the plugin.
     *
     * @throws Refusal when it would not
     */
    void check() throws Refusal;

    ClassLoader classLoader();

    /** Location of the plugin's own files: its JAR, or its folder of classes. */
    URL location();

    @Override
    void close();
}
