package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;

/** Its start waits at the test's {@link Gates}. */
public final class GatePlugin implements Plugin {

    private String name = "";

    @Override
    public void start(PluginContext context) throws InterruptedException {
        name = context.id() + " " + context.version();
        Gates.pass(name);
        context.routes(routes ->
                routes.get("/version", Access.PUBLIC, (request, caller) -> request.result(context.version())));
    }

    @Override
    public void stop() {
        Gates.tell("stopped " + name);
    }
}
