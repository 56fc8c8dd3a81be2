package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Muting;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.Quoted;
import dev.belfry.notifications.storage.MuteList;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;

/** PUT /muted. */
final class ReplaceMuteList implements RouteHandler {

    private static final Set<String> FIELDS = Set.of("topics", "origins");

    private final Muting muting;

    ReplaceMuteList(Muting muting) {
        this.muting = muting;
    }

    @Override
    public void handle(Context context, Caller caller) {
        EntityRef user = InboxOwner.userOf(caller);
        Requests.requireJson(context.contentType());
        MuteList list = read(context);
        muting.replace(user, list);
        ShowMuteList.answer(context, list);
    }

    private static MuteList read(Context context) {
        try {
            MuteList list = context.bodyAsClass(MuteRequest.class).muteList();
            refuseUnknownFields(context);
            return list;
        } catch (InvalidInput e) {
            throw ApiError.input(e.reason());
        }
    }

    /** A misspelled field would be an absent one, and unmute everything. */
    private static void refuseUnknownFields(Context context) {
        for (Object field : context.bodyAsClass(Map.class).keySet()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidInput(
                        "unknown field " + Quoted.of(String.valueOf(field)) + "; known are 'topics' and 'origins'");
            }
        }
    }
}
