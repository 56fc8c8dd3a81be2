package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** POST /stream/ticket. */
final class IssueTicket implements RouteHandler {

    private final StreamTickets tickets;
    private final InboxOwner owner;

    IssueTicket(StreamTickets tickets, InboxOwner owner) {
        this.tickets = tickets;
        this.owner = owner;
    }

    private record Issued(String ticket, long expiresIn) {}

    @Override
    public void handle(Context context, Caller caller) {
        owner.of(caller);
        context.status(HttpStatus.CREATED)
                .header("Cache-Control", "no-store")
                .json(new Issued(tickets.issue(caller), StreamTickets.LIFETIME.toSeconds()));
    }
}
