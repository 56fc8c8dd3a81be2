package dev.belfry.host.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.bells.chimes.Rung;
import java.util.stream.IntStream;

/** Publishes the event {@link Rung}. */
public final class RingerPlugin implements Plugin {

    /** In a package that is not exported. */
    private record Hidden() {}

    @Override
    public void start(PluginContext context) {
        context.routes(routes -> {
            routes.post(
                    "/ring/{sound}",
                    Access.PUBLIC,
                    (request, caller) -> context.events().publish(new Rung(request.pathParam("sound"))));
            routes.post(
                    "/ring-often/{times}",
                    Access.PUBLIC,
                    (request, caller) -> IntStream.range(0, Integer.parseInt(request.pathParam("times")))
                            .forEach(i -> context.events().publish(new Rung(Integer.toString(i)))));
            routes.post("/hidden", Access.PUBLIC, (request, caller) -> {
                try {
                    context.events().publish(new Hidden());
                } catch (IllegalArgumentException e) {
                    request.result(e.getMessage());
                }
            });
        });
    }
}
