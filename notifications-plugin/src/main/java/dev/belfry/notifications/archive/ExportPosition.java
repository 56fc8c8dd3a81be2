package dev.belfry.notifications.archive;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.NotificationId;
import org.jspecify.annotations.Nullable;

/**
 * The place from which an export continues.
 *
 * @param id the last exported notification
 * @param reader its last exported reader; null if all of its readers are exported
 */
public record ExportPosition(NotificationId id, @Nullable EntityRef reader) {}
