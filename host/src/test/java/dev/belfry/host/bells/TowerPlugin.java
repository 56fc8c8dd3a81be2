package dev.belfry.host.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.bells.chimes.Chime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Provides the extension point {@link Chime}. */
public final class TowerPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        List<Chime> chimes = context.extensions(Chime.class);
        AtomicReference<Chime> kept = new AtomicReference<>();
        context.routes(routes -> {
            routes.get(
                    "/chimes",
                    Access.PUBLIC,
                    (request, caller) -> request.json(
                            chimes.stream().map(chime -> chime.strike().sound()).toList()));
            routes.post("/keep", Access.PUBLIC, (request, caller) -> kept.set(chimes.getFirst()));
            routes.get("/kept", Access.PUBLIC, (request, caller) -> {
                try {
                    request.result(kept.get().strike().sound());
                } catch (IllegalStateException e) {
                    request.result(e.getMessage());
                }
            });
        });
    }
}
