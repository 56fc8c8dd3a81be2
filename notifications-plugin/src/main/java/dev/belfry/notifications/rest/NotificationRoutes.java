package dev.belfry.notifications.rest;

import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.web.Routes;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Waiting;
import dev.belfry.notifications.sending.Sending;
import dev.belfry.notifications.sending.SubmissionRules;
import java.time.Duration;
import java.util.Set;

/** Every route of the plugin, and who may use it. */
public final class NotificationRoutes {

    private static final Permission CREATE = new Permission("notifications.create", Action.CREATE);
    private static final Permission LIST = new Permission("notifications.list", Action.READ);
    private static final Permission UPDATE_READ = new Permission("notifications.update.read", Action.UPDATE);

    private static final String NOTIFICATIONS = "/notifications";
    private static final String COUNT = "/notifications/count";
    private static final String READ = "/notifications/read";
    private static final String READ_ALL = "/notifications/read-all";
    private static final String BATCH = "/notifications/batch";

    private final Sending sending;
    private final SubmissionRules rules;
    private final SendRate sendRate;
    private final Inbox inbox;
    private final Readers readers;
    private final Waiting waiting;
    private final Duration longestWait;

    /** @param longestWait for which a request for a count may wait; zero: not at all */
    public NotificationRoutes(
            Sending sending,
            SubmissionRules rules,
            SendRate sendRate,
            Inbox inbox,
            Catalog catalog,
            Waiting waiting,
            Duration longestWait) {
        this.waiting = waiting;
        this.longestWait = longestWait;
        this.sending = sending;
        this.rules = rules;
        this.sendRate = sendRate;
        this.inbox = inbox;
        this.readers = new Readers(catalog);
    }

    public void declare(Routes routes) {
        routes.post(NOTIFICATIONS, CREATE, new CreateNotification(sending, rules, sendRate));
        routes.get(NOTIFICATIONS, LIST, new ListNotifications(inbox, readers));
        routes.queryParameters(
                NOTIFICATIONS,
                Set.of(
                        InboxQuery.PAGE_SIZE,
                        InboxQuery.PAGE_NUMBER,
                        InboxQuery.ORDER_BY,
                        InboxQuery.ORDER_BY_DIREC,
                        InboxQuery.CONTAINS_TEXT,
                        InboxQuery.CREATED_AFTER,
                        InboxQuery.MESSAGE_SCOPE,
                        InboxQuery.READ,
                        InboxQuery.AFTER));
        routes.post(BATCH, CREATE, new CreateBatch(sending, rules, sendRate));
        routes.queryParameters(BATCH, Set.of(CreateBatch.PARTIAL));
        routes.get(COUNT, LIST, new CountNotifications(inbox, readers, waiting, longestWait));
        routes.queryParameters(
                COUNT,
                Set.of(InboxQuery.CONTAINS_TEXT, InboxQuery.CREATED_AFTER, InboxQuery.MESSAGE_SCOPE, InboxQuery.READ));
        routes.put(READ, UPDATE_READ, new MarkNotification(inbox, readers));
        routes.queryParameters(READ, Set.of(MarkNotification.MESSAGE_ID, MarkNotification.READ));
        routes.put(READ_ALL, UPDATE_READ, new MarkAllRead(inbox, readers));
        routes.queryParameters(READ_ALL, Set.of(InboxQuery.MESSAGE_SCOPE, MarkAllRead.BEFORE));
        routes.onDrain(waiting::close);
        routes.openApi("openapi.yaml");
    }
}
