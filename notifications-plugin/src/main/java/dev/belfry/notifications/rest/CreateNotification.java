package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.Sending;
import dev.belfry.notifications.sending.Submission;
import dev.belfry.notifications.sending.SubmissionRules;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** POST /notifications. */
final class CreateNotification implements RouteHandler {

    private static final String JSON = "application/json";

    private final Sending sending;
    private final SubmissionRules rules;

    CreateNotification(Sending sending, SubmissionRules rules) {
        this.sending = sending;
        this.rules = rules;
    }

    /** The same value twice: clients read the first, the documentation of the API has always shown the second. */
    private record Created(String messageId, String msgid) {}

    @Override
    public void handle(Context context, Caller caller) {
        refuseQuery(context);
        requireJson(context.contentType());
        try {
            NotificationId id = sending.send(rules.draft(context.bodyAsClass(Submission.class)));
            context.json(new Created(id.toString(), id.toString()));
        } catch (InvalidInput e) {
            throw ApiError.input(e.reason());
        }
    }

    /** The path's known parameters are those of GET. */
    private static void refuseQuery(Context context) {
        context.queryParamMap().keySet().stream().findFirst().ifPresent(name -> {
            throw ApiError.input("unknown query parameter '" + name + "'; none is known here");
        });
    }

    private static void requireJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase(JSON)) {
            throw ApiError.unsupportedMediaType("the body must be " + JSON + ", not "
                    + (type.isEmpty() ? "of an unknown type (there is no Content-Type)" : "'" + type + "'"));
        }
    }
}
