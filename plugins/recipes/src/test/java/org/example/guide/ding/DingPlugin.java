package org.example.guide.ding;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.CatalogSource;
import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.example.guide.bells.chimes.Chime;
import org.example.guide.bells.chimes.Rung;
import org.example.guide.bells.chimes.Tower;

/** The code blocks of the guide for a plugin that depends on another one. */
public final class DingPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.config(TowerConfig.class);
        context.provide(Chime.class, () -> "ding");
        Tower tower = context.require(Tower.class);
        context.events().on(Rung.class, rung -> context.logger().info("heard {}", rung.sound()));
        List<Rung> heard = new CopyOnWriteArrayList<>();
        context.events().on(Rung.class, heard::add);
        publishUsers(context);
        context.routes(routes -> {
            routes.get("/ring", Access.PUBLIC, (request, caller) -> request.result(tower.ring()));
            routes.get("/heard", Access.PUBLIC, (request, caller) -> request.json(heard));
        });
    }

    private static void publishUsers(PluginContext context) {
        CatalogSource source = context.catalogSource();
        source.replaceAll(List.of(
                CatalogEntity.of(EntityRef.group("default", "ringers")),
                CatalogEntity.of(EntityRef.user("default", "cleo"))
                        .withDisplayName("Cleo Lane")
                        .withMemberOf(List.of(EntityRef.group("default", "ringers")))));
    }
}
