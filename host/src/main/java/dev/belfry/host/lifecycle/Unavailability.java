package dev.belfry.host.lifecycle;

/** Why a plugin that should run does not, as clients may know it. */
public sealed interface Unavailability {

    /** It starts, or waits for a retry of its start. */
    record NotYet() implements Unavailability {}

    /** It runs only after somebody has changed something. */
    record Failed(FailureClass failure) implements Unavailability {}

    /** @return a sentence about the plugin, without its details */
    default String message(String pluginId) {
        return switch (this) {
            case NotYet _ -> "plugin '" + pluginId + "' is not available yet";
            case Failed(FailureClass failure) -> "plugin '" + pluginId + "' has failed: " + failure.description();
        };
    }
}
