package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Muting;
import dev.belfry.notifications.storage.MuteList;
import io.javalin.http.Context;
import java.util.List;

/** GET /muted. */
final class ShowMuteList implements RouteHandler {

    private final Muting muting;

    ShowMuteList(Muting muting) {
        this.muting = muting;
    }

    private record Muted(List<String> topics, List<String> origins) {}

    @Override
    public void handle(Context context, Caller caller) {
        answer(context, muting.list(InboxOwner.userOf(caller)));
    }

    static void answer(Context context, MuteList list) {
        context.header("Cache-Control", "private, no-cache")
                .json(new Muted(List.copyOf(list.topics()), List.copyOf(list.origins())));
    }
}
