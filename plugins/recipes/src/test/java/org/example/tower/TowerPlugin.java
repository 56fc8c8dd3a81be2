package org.example.tower;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import java.util.List;

/** A page that lists bells. */
public final class TowerPlugin implements Plugin {

    /** @param weight in kg */
    public record Bell(String name, int weight) {}

    @Override
    public void start(PluginContext context) {
        List<Bell> bells = List.of(new Bell("Big Ben", 13_760), new Bell("Emmanuel", 13_271));
        context.routes(routes -> routes.get("/bells", Access.AUTHENTICATED, (request, caller) -> request.json(bells)));
        context.pages("/tower", pages -> {
            pages.files("web", Access.PUBLIC); // web/app.js is /tower/app.js
            pages.page("/", Access.PUBLIC, "index.html"); // /tower/
        });
    }
}
