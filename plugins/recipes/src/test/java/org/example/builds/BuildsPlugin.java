package org.example.builds;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.notifications.notifier.InvalidNotification;
import dev.belfry.notifications.notifier.NewNotification;
import dev.belfry.notifications.notifier.Notifier;

/** Tells users that their build has failed. */
public final class BuildsPlugin implements Plugin {

    private static final Permission REPORT = new Permission("builds.report", Permission.Action.CREATE);

    /** @param user such as {@code ada} or {@code user:default/ada} */
    public record Failure(String user, String reason) {}

    @Override
    public void start(PluginContext context) {
        Notifier notifier = context.require(Notifier.class);
        context.routes(routes -> routes.post("/{number}/failure", REPORT, (request, caller) -> {
            String number = request.pathParam("number");
            Failure failure = request.bodyAsClass(Failure.class);
            EntityRef user = EntityRef.parse(failure.user(), EntityRef.USER);
            try {
                notifier.send(NewNotification.to(user, "Build " + number + " has failed")
                        .withMessage(failure.reason())
                        .withTopic("builds")
                        .withAction("Show", "/builds/" + number));
            } catch (InvalidNotification invalid) {
                throw ApiError.input(invalid.reason());
            }
            request.status(204);
        }));
    }
}
