package dev.belfry.host.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.bells.chimes.Chime;

/** Requires a {@link Chime}. */
public final class AskingPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        Chime chime = context.require(Chime.class);
        context.routes(routes -> routes.get(
                "/sound",
                Access.PUBLIC,
                (request, caller) -> request.result(chime.strike().sound())));
    }
}
