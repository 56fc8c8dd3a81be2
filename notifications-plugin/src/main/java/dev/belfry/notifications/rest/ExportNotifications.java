package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.archive.ExportPage;
import dev.belfry.notifications.archive.ExportPosition;
import dev.belfry.notifications.archive.NotificationExport;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** GET /notifications/export. Each page is a response of its own, so a client can tell that it has all of it. */
final class ExportNotifications implements RouteHandler {

    static final String AFTER = "after";
    static final String READER = "reader";

    private final NotificationExport export;

    ExportNotifications(NotificationExport export) {
        this.export = export;
    }

    @Override
    public void handle(Context context, Caller caller) {
        ExportPosition after = after(context.queryParam(AFTER), context.queryParam(READER));
        ExportPage page = export.page(after);
        if (page.next() != null) {
            context.header("Link", "<?" + query(page.next()) + ">; rel=\"next\"");
        }
        context.header("Cache-Control", "private, no-store")
                .contentType(ArchiveJson.TYPE)
                .result(
                        after == null || page.furtherReaders().isEmpty()
                                ? ArchiveJson.of(page.notifications())
                                : ArchiveJson.ofReaders(after.id(), page.furtherReaders()));
    }

    private static @Nullable ExportPosition after(@Nullable String id, @Nullable String reader) {
        if (id == null) {
            if (reader != null) {
                throw QueryValues.wrong(READER, reader, "used together with '" + AFTER + "'");
            }
            return null;
        }
        if (!QueryValues.isUuid(id) || !NotificationId.isValid(UUID.fromString(id))) {
            throw QueryValues.wrong(AFTER, id, "the id of a notification");
        }
        return new ExportPosition(new NotificationId(UUID.fromString(id)), reader == null ? null : user(reader));
    }

    private static EntityRef user(String reader) {
        try {
            EntityRef user = EntityRef.parse(reader, EntityRef.USER);
            if (user.kind().equals(EntityRef.USER)) {
                return user;
            }
        } catch (IllegalArgumentException e) {
            // The same rule.
        }
        throw QueryValues.wrong(READER, reader, "a user, such as default/ada");
    }

    private static String query(ExportPosition next) {
        String query = AFTER + "=" + next.id();
        return next.reader() == null
                ? query
                : query + "&" + READER + "=" + URLEncoder.encode(next.reader().qualifiedName(), StandardCharsets.UTF_8);
    }
}
