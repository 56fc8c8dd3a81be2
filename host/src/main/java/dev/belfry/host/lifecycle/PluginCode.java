package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import java.net.URL;

/** A plugin's code, loaded. Closing unloads it. */
public interface PluginCode extends AutoCloseable {

    /** Makes the plugin; from here on its own code runs. */
    Plugin create() throws Refusal;

    ClassLoader classLoader();

    /** Where the plugin's own files are: its JAR, or its folder of classes. */
    URL location();

    @Override
    void close();
}
