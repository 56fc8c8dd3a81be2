package dev.belfry.notifications.api;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.notifications.notifier.InvalidNotification;
import dev.belfry.notifications.notifier.NewNotification;
import dev.belfry.notifications.notifier.Notifier;
import java.util.List;

/** Another plugin, which sends notifications. */
public final class ReporterPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        Notifier notifier = context.require(Notifier.class);
        context.routes(routes -> {
            routes.post("/failed/{user}", Access.AUTHENTICATED, (request, caller) -> {
                EntityRef user = EntityRef.user("default", request.pathParam("user"));
                NewNotification failed = NewNotification.to(user, "Build 7 has failed")
                        .withMessage("3 tests")
                        .withTopic("builds")
                        .withAction("Show", "/builds/7");
                request.result(send(notifier, failed));
            });
            routes.post(
                    "/group/{group}",
                    Access.AUTHENTICATED,
                    (request, caller) -> send(
                            notifier,
                            NewNotification.to(
                                    EntityRef.group("default", request.pathParam("group")), "To the group")));
            routes.post(
                    "/everyone",
                    Access.AUTHENTICATED,
                    (request, caller) -> send(notifier, NewNotification.toEveryone("To everyone")));
            routes.post(
                    "/title",
                    Access.AUTHENTICATED,
                    (request, caller) -> send(notifier, NewNotification.toEveryone(request.body())));
            routes.post(
                    "/action",
                    Access.AUTHENTICATED,
                    (request, caller) ->
                            send(notifier, NewNotification.toEveryone("title").withAction("Show", request.body())));
            routes.post(
                    "/component",
                    Access.AUTHENTICATED,
                    (request, caller) -> send(
                            notifier,
                            NewNotification.to(new EntityRef("component", "default", "bell"), "To a component")));
            routes.post("/nobody", Access.AUTHENTICATED, (request, caller) -> {
                try {
                    NewNotification.to(List.of(), "To nobody");
                } catch (InvalidNotification e) {
                    throw ApiError.input(e.reason());
                }
            });
        });
    }

    private static String send(Notifier notifier, NewNotification notification) {
        try {
            return notifier.send(notification).toString();
        } catch (InvalidNotification e) {
            throw ApiError.input(e.reason());
        }
    }
}
