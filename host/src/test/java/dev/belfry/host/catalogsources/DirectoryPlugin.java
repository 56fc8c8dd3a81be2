package dev.belfry.host.catalogsources;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.CatalogSource;
import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Publishes the entities in the body of a request, one a line: a reference, and the groups that it belongs to. Version 3 publishes while it
 * starts, and then fails.
 */
public final class DirectoryPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        CatalogSource source = context.catalogSource();
        context.routes(routes -> {
            routes.post("/publish", Access.PUBLIC, (request, caller) -> source.replaceAll(entities(request.body())));
            routes.get("/groups/{user}", Access.PUBLIC, (request, caller) -> {
                EntityRef user = EntityRef.user("default", request.pathParam("user"));
                Set<EntityRef> groups = new TreeSet<>(context.catalog().groupsOf(user));
                request.result(context.catalog().contains(user) ? groups.toString() : "unknown");
            });
            routes.get("/version", Access.PUBLIC, (request, caller) -> request.result(context.version()));
        });
        if (context.version().startsWith("3")) {
            source.replaceAll(entities("user:default/eve"));
            throw new IllegalStateException("the directory is broken");
        }
        if (context.version().startsWith("4")) {
            source.replaceAll(entities("user:default/dan"));
        }
    }

    private static List<CatalogEntity> entities(String text) {
        List<CatalogEntity> entities = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<EntityRef> refs = new ArrayList<>();
            for (String ref : line.split(" ", -1)) {
                refs.add(EntityRef.parse(ref, EntityRef.GROUP));
            }
            entities.add(CatalogEntity.of(refs.removeFirst()).withMemberOf(refs));
        }
        return entities;
    }
}
