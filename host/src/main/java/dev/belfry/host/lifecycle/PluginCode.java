package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import java.net.URL;

/** A plugin's code, loaded. Closing unloads it. */
public interface PluginCode extends AutoCloseable {

    Plugin plugin();

    ClassLoader classLoader();

    /** Where the plugin's own files are: its JAR, or its folder of classes. */
    URL location();

    @Override
    void close();
}
