package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Muting;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.storage.MuteList;
import io.javalin.http.Context;

/** PUT /muted. */
final class ReplaceMuteList implements RouteHandler {

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
            return context.bodyAsClass(MuteRequest.class).muteList();
        } catch (InvalidInput e) {
            throw ApiError.input(e.reason());
        }
    }
}
