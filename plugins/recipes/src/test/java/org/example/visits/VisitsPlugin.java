package org.example.visits;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import java.time.Duration;

/** Counts visitors, and writes a report once an hour. */
public final class VisitsPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.database().migrate("db/migration");
        VisitTable visits = new VisitTable(context.database().dataSource());
        context.routes(routes -> {
            routes.post("/", Access.AUTHENTICATED, (request, caller) -> visits.add(caller.subject()));
            routes.get("/reports", Access.AUTHENTICATED, (request, caller) -> request.json(visits.reports()));
        });
        context.scheduler().everyOnOneHost("report", Duration.ofHours(1), visits::report);
    }
}
