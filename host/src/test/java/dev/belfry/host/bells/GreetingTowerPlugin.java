package dev.belfry.host.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.bells.chimes.Chime;
import dev.belfry.host.bells.chimes.Strike;

/** Provides a {@link Chime} that knows for whom it sounds. */
public final class GreetingTowerPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.providePerCaller(Chime.class, caller -> () -> new Strike(context.version() + " for " + caller));
    }
}
