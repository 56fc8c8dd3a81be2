package dev.belfry.notifications.archive;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.NotificationArchive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use case of exporting all notifications, page by page. */
public final class NotificationExport {

    private static final int MAX_NOTIFICATIONS = 1000;

    private final NotificationArchive archive;

    public NotificationExport(NotificationArchive archive) {
        this.archive = archive;
    }

    /** @param after null = from the first notification */
    public ExportPage page(@Nullable ExportPosition after) {
        if (after != null && after.reader() != null) {
            List<EntityRef> readers = archive.readers(after.id(), after.reader());
            boolean more = readers.size() == NotificationArchive.MAX_READERS;
            return new ExportPage(List.of(), readers, new ExportPosition(after.id(), more ? readers.getLast() : null));
        }
        List<ArchivedNotification> found = archive.archived(after == null ? null : after.id(), MAX_NOTIFICATIONS);
        if (found.isEmpty()) {
            return new ExportPage(List.of(), List.of(), null);
        }
        ArchivedNotification last = found.getLast();
        return new ExportPage(
                found,
                List.of(),
                new ExportPosition(
                        last.id(), last.moreReaders() ? last.readers().getLast() : null));
    }
}
