package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.sending.CreateRequest;
import dev.belfry.notifications.sending.CreateRequestRules;
import dev.belfry.notifications.sending.Draft;
import dev.belfry.notifications.sending.NotificationSender;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import java.util.List;

/** POST /notifications. */
final class CreateNotification implements RouteHandler {

    private final NotificationSender sender;
    private final CreateRequestRules rules;
    private final SendRate rate;

    CreateNotification(NotificationSender sender, CreateRequestRules rules, SendRate rate) {
        this.sender = sender;
        this.rules = rules;
        this.rate = rate;
    }

    /** Both fields have the id: clients read the first, the API documentation has always shown the second. */
    private record Created(String messageId, String msgid) {}

    @Override
    public void handle(Context context, Caller caller) {
        refuseQuery(context);
        Requests.requireJson(context.contentType());
        Requests.answer(context, () -> {
            Draft draft = rules.draft(context.bodyAsClass(CreateRequest.class));
            sender.check(draft);
            rate.count(context, caller, 1);
            return sender.send(List.of(draft), Requests.key(context, caller), ids -> answer(context, ids.getFirst()));
        });
    }

    private static String answer(Context context, NotificationId id) {
        return context.jsonMapper().toJsonString(new Created(id.toString(), id.toString()), Created.class);
    }

    /** The declared query parameters of the path belong to GET. */
    private static void refuseQuery(Context context) {
        context.queryParamMap().keySet().stream().findFirst().ifPresent(name -> {
            throw ApiError.input("unknown query parameter '" + name + "'; none is known here");
        });
    }
}
