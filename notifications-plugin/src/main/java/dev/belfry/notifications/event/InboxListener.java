package dev.belfry.notifications.event;

/** Receives the changes of inboxes that this host has made. */
@FunctionalInterface
public interface InboxListener {

    /** Called after the commit, on the thread that made the change. Must return soon and must not throw. */
    void on(InboxEvent event);
}
