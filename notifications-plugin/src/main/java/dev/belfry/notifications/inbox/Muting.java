package dev.belfry.notifications.inbox;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.MuteLists;

/** The use cases of muting: read and replace a user's list. */
public final class Muting {

    private final MuteLists lists;
    private final InboxListener listener;

    public Muting(MuteLists lists, InboxListener listener) {
        this.lists = lists;
        this.listener = listener;
    }

    public MuteList list(EntityRef user) {
        return lists.muteList(user);
    }

    public void replace(EntityRef user, MuteList list) {
        lists.replaceMuteList(user, list);
        listener.on(new InboxEvent.MuteListReplaced(user));
    }
}
