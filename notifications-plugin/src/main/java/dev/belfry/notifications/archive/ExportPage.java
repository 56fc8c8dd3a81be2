package dev.belfry.notifications.archive;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.ArchivedNotification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an export: notifications, or further readers of the notification where the last page ended.
 *
 * @param furtherReaders empty unless the page has them
 * @param next null at the end of the export
 */
public record ExportPage(
        List<ArchivedNotification> notifications,
        List<EntityRef> furtherReaders,
        @Nullable ExportPosition next) {

    public ExportPage {
        notifications = List.copyOf(notifications);
        furtherReaders = List.copyOf(furtherReaders);
    }
}
