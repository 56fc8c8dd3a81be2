package dev.belfry.notifications.rest;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.web.Routes;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.LongPolling;
import dev.belfry.notifications.inbox.Muting;
import dev.belfry.notifications.sending.CreateRequestRules;
import dev.belfry.notifications.sending.NotificationSender;
import java.time.Duration;

/** The routes of notifications and their permissions. */
public final class NotificationRoutes {

    private static final String NOTIFICATIONS = "/notifications";
    private static final String COUNT = "/notifications/count";
    private static final String ONE = "/notifications/{" + ShowNotification.ID + "}";
    private static final String READ = "/notifications/read";
    private static final String READ_ALL = "/notifications/read-all";
    private static final String MUTED = "/muted";
    private static final String BATCH = "/notifications/batch";

    private final NotificationSender sender;
    private final CreateRequestRules rules;
    private final SendRate sendRate;
    private final Inbox inbox;
    private final Muting muting;
    private final InboxOwner owner;
    private final LongPolling polling;
    private final Duration maxWait;

    /** @param maxWait of a request for a count; zero = it does not wait */
    public NotificationRoutes(
            NotificationSender sender,
            CreateRequestRules rules,
            SendRate sendRate,
            Inbox inbox,
            Muting muting,
            Catalog catalog,
            LongPolling polling,
            Duration maxWait) {
        this.polling = polling;
        this.maxWait = maxWait;
        this.sender = sender;
        this.rules = rules;
        this.sendRate = sendRate;
        this.inbox = inbox;
        this.muting = muting;
        this.owner = new InboxOwner(catalog);
    }

    public void declare(Routes routes) {
        // Everybody's own inbox. Sending reaches others, so it needs a policy.
        routes.grantByDefault(NotificationPermissions.LIST, NotificationPermissions.UPDATE_READ);
        routes.post(NOTIFICATIONS, NotificationPermissions.CREATE, new CreateNotification(sender, rules, sendRate))
                .query();
        routes.get(NOTIFICATIONS, NotificationPermissions.LIST, new ListNotifications(inbox, owner))
                .query(
                        InboxQuery.PAGE_SIZE,
                        InboxQuery.PAGE_NUMBER,
                        InboxQuery.ORDER_BY,
                        InboxQuery.ORDER_BY_DIREC,
                        InboxQuery.CONTAINS_TEXT,
                        InboxQuery.CREATED_AFTER,
                        InboxQuery.MESSAGE_SCOPE,
                        InboxQuery.READ,
                        InboxQuery.TOPIC,
                        InboxQuery.ORIGIN,
                        InboxQuery.MUTED,
                        InboxQuery.AFTER);
        routes.post(BATCH, NotificationPermissions.CREATE, new CreateBatch(sender, rules, sendRate))
                .query(CreateBatch.PARTIAL);
        routes.get(COUNT, NotificationPermissions.LIST, new CountNotifications(inbox, owner, polling, maxWait))
                .query(
                        InboxQuery.CONTAINS_TEXT,
                        InboxQuery.CREATED_AFTER,
                        InboxQuery.MESSAGE_SCOPE,
                        InboxQuery.READ,
                        InboxQuery.TOPIC,
                        InboxQuery.ORIGIN,
                        InboxQuery.MUTED);
        // After /count: the first route that matches is taken.
        routes.get(ONE, NotificationPermissions.LIST, new ShowNotification(inbox, muting, owner))
                .query();
        routes.put(READ, NotificationPermissions.UPDATE_READ, new MarkNotification(inbox, owner))
                .query(MarkNotification.MESSAGE_ID, MarkNotification.READ);
        routes.put(READ_ALL, NotificationPermissions.UPDATE_READ, new MarkAllRead(inbox, owner))
                .query(InboxQuery.MESSAGE_SCOPE, MarkAllRead.BEFORE);
        routes.get(MUTED, NotificationPermissions.LIST, new ShowMuteList(muting))
                .query();
        routes.put(MUTED, NotificationPermissions.UPDATE_READ, new ReplaceMuteList(muting))
                .query();
        routes.onDrain(polling::close);
        routes.openApi("openapi.yaml");
    }
}
