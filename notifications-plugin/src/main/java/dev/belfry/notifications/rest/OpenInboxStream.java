package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.EventHandler;
import dev.belfry.api.web.EventStream;
import dev.belfry.api.web.ServerSentEvent;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.stream.StreamFeed;

/** GET /stream. The route is public, because a ticket is no credential that the host knows; access is checked here. */
final class OpenInboxStream implements EventHandler {

    static final String TICKET = "ticket";
    static final String LAST_EVENT_ID = "lastEventId";

    private static final ServerSentEvent RESET = ServerSentEvent.of("{}").withName("reset");

    private final StreamFeed<ServerSentEvent> feed;
    private final StreamTickets tickets;
    private final InboxOwner owner;
    private final Permissions permissions;
    private final String pluginId;
    private final Permission permission;

    /** @param permission that a caller needs */
    OpenInboxStream(
            StreamFeed<ServerSentEvent> feed,
            StreamTickets tickets,
            InboxOwner owner,
            Permissions permissions,
            String pluginId,
            Permission permission) {
        this.feed = feed;
        this.tickets = tickets;
        this.owner = owner;
        this.permissions = permissions;
        this.pluginId = pluginId;
        this.permission = permission;
    }

    @Override
    public void open(EventStream stream) {
        Scope scope = stream.queryParam(InboxQuery.MESSAGE_SCOPE)
                .map(value -> QueryValues.word(InboxQuery.MESSAGE_SCOPE, value, Scope.class))
                .orElse(Scope.ALL);
        Caller caller = caller(stream);
        requirePermission(caller);
        String lastEventId =
                stream.lastEventId().or(() -> stream.queryParam(LAST_EVENT_ID)).orElse(null);
        stream.onClose(feed.open(owner.of(caller), scope, lastEventId, event -> isSent(stream, event)));
    }

    private Caller caller(EventStream stream) {
        return stream.queryParam(TICKET)
                .map(ticket -> tickets.redeem(ticket)
                        .orElseThrow(
                                () -> ApiError.authentication("the ticket is unknown on this host, expired or used."
                                        + " Get another one with POST /api/" + pluginId + "/stream/ticket")))
                .orElseGet(stream::caller);
    }

    private void requirePermission(Caller caller) {
        if (caller instanceof Caller.Anonymous) {
            throw ApiError.authentication("credentials are missing: send a bearer token, or a ticket of POST /api/"
                    + pluginId + "/stream/ticket in the query parameter '" + TICKET + "'");
        }
        if (!permissions.allows(caller, pluginId, permission)) {
            throw ApiError.notAllowed("permission '" + permission.name() + "' ("
                    + permission.action().policyName() + ") is needed"
                    + permissions
                            .remedy(caller, pluginId, permission)
                            .map(remedy -> ". " + remedy)
                            .orElse(""));
        }
    }

    /** A client that reads too slowly has been disconnected by the host. */
    private static boolean isSent(EventStream stream, ServerSentEvent event) {
        try {
            return stream.send(event);
        } catch (IllegalArgumentException e) {
            // The event is longer than the configured queue: the client has to read its list instead.
            return stream.send(RESET.withId(event.id().orElseThrow()));
        } catch (IllegalStateException e) {
            // The queue is full before the response has begun. The client connects again and continues.
            stream.close();
            return false;
        }
    }
}
