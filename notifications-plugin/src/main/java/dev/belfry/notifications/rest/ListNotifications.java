package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Listing;
import dev.belfry.notifications.inbox.PageRequest;
import dev.belfry.notifications.rest.PageCache.CachedPage;
import dev.belfry.notifications.rest.PageCache.PageKey;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.SeekPosition;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** GET /notifications. */
final class ListNotifications implements RouteHandler {

    /** About a thousand usual pages. */
    private static final long CACHE_BYTES = 8L * 1024 * 1024;

    /** Larger lists, in characters, are streamed. */
    private static final long MAX_BUFFERED = 64 * 1024;

    private final Inbox inbox;
    private final InboxOwner owner;
    private final PageCache cache = new PageCache(CACHE_BYTES);

    ListNotifications(Inbox inbox, InboxOwner owner) {
        this.inbox = inbox;
        this.owner = owner;
    }

    @Override
    public void handle(Context context, Caller caller) throws IOException {
        InboxQuery query = new InboxQuery(context);
        EntityRef reader = owner.of(caller);
        Filter filter = query.filter();
        Order order = query.order();
        String after = query.after();
        PageRequest page = after == null ? query.page() : new PageRequest(0, query.sizeAfter());
        SeekPosition behind = after == null ? null : Cursor.read(InboxQuery.AFTER, after, order, inbox, reader);
        PageKey key = new PageKey(reader, ETags.address(context));
        if (isAnswered(context, key, filter)) {
            return;
        }
        Listing listing = behind == null
                ? inbox.list(reader, filter, order, page)
                : inbox.list(reader, filter, order, behind, page.size());
        String tag = ETags.tag(context, listing.version());
        String link =
                listing.size().orElse(0) == page.size() ? linkToNext(context, cursorBehind(listing, order)) : null;
        if (listing.isComplete() && isSmall(listing.first())) {
            CachedPage cached = new CachedPage(tag, link, NotificationJson.of(listing.first(), listing.muteList()));
            cache.put(key, cached);
            answer(context, cached);
        } else {
            if (link != null) {
                context.header("Link", link);
            }
            stream(context, listing);
        }
    }

    private static String cursorBehind(Listing listing, Order order) {
        return listing.lastOfRest()
                .map(last -> Cursor.behind(last, order))
                .orElseGet(() -> Cursor.behind(listing.first().getLast().notification(), order));
    }

    /** A large list is not held in memory while the client reads it. */
    private static boolean isSmall(List<InboxItem> items) {
        return items.stream()
                        .mapToLong(item -> length(item.notification().content()))
                        .sum()
                < MAX_BUFFERED;
    }

    private static long length(Content content) {
        String message = content.message();
        return content.title().length() + (message == null ? 0 : message.length());
    }

    /** Answers with 304 or from the cache, if the ETag is current. Without either the ETag is not computed here. */
    private boolean isAnswered(Context context, PageKey key, Filter filter) {
        Optional<CachedPage> cached = cache.get(key);
        if (cached.isEmpty() && !ETags.isConditional(context)) {
            return false;
        }
        String tag = ETags.tag(context, inbox.version(key.reader(), filter.scope()));
        if (ETags.isStillValid(context, tag)) {
            return true;
        }
        Optional<CachedPage> valid = cached.filter(page -> page.tag().equals(tag));
        valid.ifPresent(page -> answer(context, page));
        return valid.isPresent();
    }

    private static void answer(Context context, CachedPage page) {
        if (page.link() != null) {
            context.header("Link", page.link());
        }
        context.contentType(NotificationJson.TYPE).result(page.json());
    }

    /** A relative link (RFC 8288), so that it works behind a proxy with another path. */
    private static String linkToNext(Context context, String cursor) {
        StringBuilder next = new StringBuilder("<?");
        context.queryParamMap().forEach((name, values) -> {
            if (!name.equals(InboxQuery.AFTER) && !name.equals(InboxQuery.PAGE_NUMBER)) {
                next.append(name)
                        .append('=')
                        .append(URLEncoder.encode(values.getFirst(), StandardCharsets.UTF_8))
                        .append('&');
            }
        });
        next.append(InboxQuery.AFTER).append('=').append(cursor);
        return next.append(">; rel=\"next\"").toString();
    }

    private static void stream(Context context, Listing listing) throws IOException {
        if (context.method() == HandlerType.HEAD) {
            // HEAD has no body, so nothing is read.
            context.contentType("application/json");
        } else {
            NotificationJson.answer(context, listing.all(), listing.muteList());
        }
    }
}
