package dev.belfry.notifications;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.web.ServerSentEvent;
import dev.belfry.notifications.archive.NotificationExport;
import dev.belfry.notifications.archive.NotificationImport;
import dev.belfry.notifications.catalog.HostCatalog;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.inbox.ExpiredNotifications;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.LongPolling;
import dev.belfry.notifications.inbox.Muting;
import dev.belfry.notifications.inprocess.PluginNotifier;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.notifier.Notifier;
import dev.belfry.notifications.rest.ArchiveRoutes;
import dev.belfry.notifications.rest.NotificationRoutes;
import dev.belfry.notifications.rest.StreamJson;
import dev.belfry.notifications.rest.StreamRoutes;
import dev.belfry.notifications.sending.ActionUrls;
import dev.belfry.notifications.sending.CreateRequestRules;
import dev.belfry.notifications.sending.Ids;
import dev.belfry.notifications.sending.NotificationSender;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.stream.StreamFeed;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin: composes storage, use cases and routes. */
public final class NotificationsPlugin implements Plugin {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationsPlugin.class);
    private static final Duration COMPACT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration INDEX_INTERVAL = Duration.ofSeconds(20);
    private static final Duration KEY_CLEANUP_INTERVAL = Duration.ofHours(1);
    private static final Duration CHANGES_INTERVAL = Duration.ofMinutes(1);
    private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);
    private static final String SECRET_HEADER = "notifications-secret";
    private static final String EXTERNAL_CALLER = "external:notifications-secret";

    @Override
    public void start(PluginContext context) {
        NotificationsConfig config = context.config(NotificationsConfig.class);
        ActionUrls urls = new ActionUrls(config.actionUrlSchemes());
        CreateRequestRules rules = new CreateRequestRules(urls, config.emptyTargetsOrDefault());

        NotificationStore store = context.port("storage", NotificationStore.class, () -> ownStore(context));
        HostCatalog catalog = new HostCatalog(context.catalog());
        LongPolling polling = new LongPolling(
                store,
                catalog,
                failure -> warn(
                        "long polling cannot check inboxes for changes. Waiting requests keep waiting, and the check is repeated",
                        failure));
        context.metrics().gauge("notifications.waiting", polling, LongPolling::size);
        StreamFeed<ServerSentEvent> feed = new StreamFeed<>(
                store,
                catalog,
                new StreamJson(),
                failure -> warn(
                        "streams cannot read changes of inboxes. They stay open, and the read is repeated", failure));
        context.metrics().gauge("notifications.streams", feed, StreamFeed::size);
        InboxListener listener = event -> {
            polling.on(event);
            feed.on(event);
            store.announce();
        };
        store.onAnnouncement(feed::look);
        if (!config.keepsForever()) {
            ExpiredNotifications expired = new ExpiredNotifications(store, listener);
            context.scheduler()
                    .every(
                            "purge",
                            PURGE_INTERVAL,
                            () -> purge(expired, config.cutoff(context.clock().instant())));
        }
        Ids ids = new Ids(context.clock(), new SecureRandom(), store.newest(), NotificationsPlugin::warnOfClockSkew);
        NotificationSender sender = new NotificationSender(store, catalog, ids, context.clock(), listener);
        context.providePerCaller(Notifier.class, pluginId -> new PluginNotifier(sender, rules, pluginId));
        Inbox inbox = new Inbox(store, store, store, catalog, listener);

        NotificationRoutes routes = new NotificationRoutes(
                sender,
                rules,
                config.sendRate(),
                inbox,
                new Muting(store, listener),
                context.catalog(),
                polling,
                config.maxWaitOrDefault());
        ArchiveRoutes archive = new ArchiveRoutes(
                new NotificationExport(store),
                new NotificationImport(store, listener),
                CreateRequestRules.ofArchives(urls),
                context.clock());
        context.routes(archive::declare);
        context.routes(routes::declare);
        context.routes(new StreamRoutes(feed, context.catalog(), context.permissions(), context.id())::declare);
        if (config.externalCallerSecret() != null) {
            context.acceptCredentials(new SenderSecret(
                    new SharedSecret(SECRET_HEADER, config.externalCallerSecret(), EXTERNAL_CALLER), context.id()));
        }
    }

    /** Without a stack trace while the database is unavailable: the code is not at fault. */
    private static void warn(String what, Throwable failure) {
        if (failure instanceof DatabaseUnavailable unavailable) {
            LOG.warn("{}: {}", what, unavailable.getMessage());
        } else {
            LOG.warn(what, failure);
        }
    }

    private static void warnOfClockSkew(Duration behind) {
        LOG.warn(
                "clock skew: this host's clock is {} s behind the newest stored notification. New notifications keep that"
                        + " timestamp until the clock catches up, unless the skew exceeds one day. Check NTP",
                behind.toSeconds());
    }

    private static void purge(ExpiredNotifications expired, RetentionCutoff cutoff) {
        long purged = expired.purge(cutoff);
        if (purged > 0) {
            LOG.info("purged {} notifications that were older than their retention", purged);
        }
    }

    private static NotificationStore ownStore(PluginContext context) {
        Database database = context.database();
        database.migrate(JooqNotificationStore.MIGRATIONS);
        JooqNotificationStore store = new JooqNotificationStore(database);
        store.adopt();
        context.scheduler().every("compact-counters", COMPACT_INTERVAL, store::compactCounters);
        context.scheduler().every("prepare-search", INDEX_INTERVAL, store::prepareSearch);
        context.scheduler()
                .every(
                        "delete-idempotency-keys",
                        KEY_CLEANUP_INTERVAL,
                        () -> store.deleteIdempotencyKeys(
                                context.clock().instant().minus(IdempotencyKey.LIFETIME)));
        context.scheduler().every("delete-changes", CHANGES_INTERVAL, store::deleteOldChanges);
        return store;
    }
}
