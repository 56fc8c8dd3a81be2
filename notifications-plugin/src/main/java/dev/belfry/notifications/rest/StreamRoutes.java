package dev.belfry.notifications.rest;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.web.Routes;
import dev.belfry.api.web.ServerSentEvent;
import dev.belfry.notifications.stream.StreamFeed;

/** The routes of clients that show an inbox all the time. */
public final class StreamRoutes {

    private static final String STREAM = "/stream";
    private static final String TICKET = "/stream/ticket";
    private static final String CAPABILITIES = "/capabilities";

    private final StreamFeed<ServerSentEvent> feed;
    private final Catalog catalog;
    private final InboxOwner owner;
    private final Permissions permissions;
    private final String pluginId;

    /** @param pluginId of this plugin, whose permissions are checked */
    public StreamRoutes(StreamFeed<ServerSentEvent> feed, Catalog catalog, Permissions permissions, String pluginId) {
        this.feed = feed;
        this.catalog = catalog;
        this.owner = new InboxOwner(catalog);
        this.permissions = permissions;
        this.pluginId = pluginId;
    }

    public void declare(Routes routes) {
        StreamTickets tickets = new StreamTickets(System::nanoTime);
        routes.checks(NotificationPermissions.LIST);
        routes.events(
                        STREAM,
                        Access.PUBLIC,
                        new OpenInboxStream(feed, tickets, owner, permissions, pluginId, NotificationPermissions.LIST))
                .query(InboxQuery.MESSAGE_SCOPE, OpenInboxStream.TICKET, OpenInboxStream.LAST_EVENT_ID);
        routes.post(TICKET, NotificationPermissions.LIST, new IssueTicket(tickets, owner))
                .query();
        routes.get(CAPABILITIES, Access.AUTHENTICATED, new ShowCapabilities(catalog, permissions, pluginId))
                .query();
        routes.onDrain(feed::close);
    }
}
