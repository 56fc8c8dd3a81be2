package dev.belfry.testkit.echo;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;

/** Answers events with events. */
public final class EchoPlugin implements Plugin {

    /** What the plugin listens to. */
    public record Call(String sound) {}

    /** What the plugin publishes. */
    public record Echo(String sound) {}

    @Override
    public void start(PluginContext context) {
        context.events().on(Call.class, call -> context.events().publish(new Echo(call.sound() + " " + call.sound())));
    }
}
