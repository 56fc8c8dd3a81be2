package dev.belfry.host.tracing;

import dev.belfry.host.lifecycle.Descriptor;
import java.util.Optional;

/**
 * Work in the code of a plugin.
 *
 * @param name of the span; it has few values
 * @param pluginVersion empty when unknown
 * @param queued whether the work waited in a queue
 * @param parent the {@code traceparent} of the span that has caused it; empty = the current span of the thread
 */
public record PluginWork(String name, String pluginId, String pluginVersion, boolean queued, Optional<String> parent) {

    /** The handler of a request. */
    public static PluginWork request(Descriptor plugin) {
        return of("plugin " + plugin.id(), plugin);
    }

    public static PluginWork job(Descriptor plugin, String job) {
        return of("job " + plugin.id() + "/" + job, plugin);
    }

    public static PluginWork payload(Descriptor plugin, String queue, Optional<String> parent) {
        return new PluginWork("queue " + plugin.id() + "/" + queue, plugin.id(), plugin.version(), true, parent);
    }

    public static PluginWork event(String pluginId, String pluginVersion, Class<?> type) {
        return new PluginWork(
                "event " + pluginId + "/" + type.getSimpleName(), pluginId, pluginVersion, true, Optional.empty());
    }

    private static PluginWork of(String name, Descriptor plugin) {
        return new PluginWork(name, plugin.id(), plugin.version(), false, Optional.empty());
    }

    /** The calls of an object that a plugin provides. */
    public record Calls(Descriptor plugin, String type) {
        PluginWork of(String method) {
            return PluginWork.of("call " + plugin.id() + "/" + type + "." + method, plugin);
        }
    }
}
