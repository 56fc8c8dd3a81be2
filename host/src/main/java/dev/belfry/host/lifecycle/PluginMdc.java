package dev.belfry.host.lifecycle;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The entry of the logging context that names the plugin: on the lines of a plugin, and on the host's lines about it.
 *
 * @param outer the entry before
 */
public record PluginMdc(@Nullable String outer) implements AutoCloseable {

    private static final String KEY = "plugin";

    /** Lines of this thread are about this plugin until the result is closed. */
    public static PluginMdc about(String pluginId) {
        PluginMdc before = new PluginMdc(MDC.get(KEY));
        MDC.put(KEY, pluginId);
        return before;
    }

    @Override
    public void close() {
        if (outer == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, outer);
        }
    }
}
