package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Listing;
import dev.belfry.notifications.inbox.PageRequest;
import dev.belfry.notifications.rest.PageCache.CachedPage;
import dev.belfry.notifications.rest.PageCache.Question;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.UserRef;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** GET /notifications. */
final class ListNotifications implements RouteHandler {

    /** Some thousand usual pages. */
    private static final long ROOM = 8L * 1024 * 1024;

    /** In characters. */
    private static final long LARGE = 64 * 1024;

    private final Inbox inbox;
    private final InboxOwner owner;
    private final PageCache kept = new PageCache(ROOM);

    ListNotifications(Inbox inbox, InboxOwner owner) {
        this.inbox = inbox;
        this.owner = owner;
    }

    @Override
    public void handle(Context context, Caller caller) throws IOException {
        InboxQuery query = new InboxQuery(context);
        UserRef reader = owner.of(caller);
        Filter filter = query.filter();
        Order order = query.order();
        String after = query.after();
        PageRequest page = after == null ? query.page() : new PageRequest(0, query.sizeAfter());
        SeekPosition behind = after == null ? null : Cursor.read(InboxQuery.AFTER, after, order, inbox, reader);
        Question question = new Question(reader, ETags.address(context));
        if (isAnswered(context, question, filter)) {
            return;
        }
        Listing listing = behind == null
                ? inbox.list(reader, filter, order, page)
                : inbox.list(reader, filter, order, behind, page.size());
        String tag = ETags.tag(context, listing.version());
        String link =
                listing.size().orElse(0) == page.size() ? linkToNext(context, cursorBehind(listing, order)) : null;
        if (listing.isComplete() && isSmall(listing.first())) {
            CachedPage read = new CachedPage(tag, link, NotificationJson.of(listing.first()));
            kept.keep(question, read);
            answer(context, read);
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

    /** What is large is not held as a whole while the client reads it. */
    private static boolean isSmall(List<InboxItem> items) {
        return items.stream()
                        .mapToLong(item -> length(item.notification().content()))
                        .sum()
                < LARGE;
    }

    private static long length(Content content) {
        String message = content.message();
        return content.title().length() + (message == null ? 0 : message.length());
    }

    /** With what the client has, or with the page as it was, while it still holds. Without either nobody asks whether it does. */
    private boolean isAnswered(Context context, Question question, Filter filter) {
        Optional<CachedPage> last = kept.last(question);
        if (last.isEmpty() && !ETags.isAsked(context)) {
            return false;
        }
        String tag = ETags.tag(context, inbox.version(question.reader(), filter.scope()));
        if (ETags.isStillValid(context, tag)) {
            return true;
        }
        Optional<CachedPage> valid = last.filter(page -> page.tag().equals(tag));
        valid.ifPresent(page -> answer(context, page));
        return valid.isPresent();
    }

    private static void answer(Context context, CachedPage page) {
        if (page.link() != null) {
            context.header("Link", page.link());
        }
        context.contentType(NotificationJson.TYPE).result(page.json());
    }

    /** Relative to the request (RFC 8288), so that it holds behind a proxy that serves it under another path. */
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
            // Nobody would see what is read for it.
            context.contentType("application/json");
        } else {
            NotificationJson.answer(context, listing.all());
        }
    }
}
