package dev.belfry.notifications.sending;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to create a notification, not validated. Null = absent. */
public record CreateRequest(
        @Nullable String origin,
        @Nullable String title,
        @Nullable String message,
        @Nullable String topic,
        @Nullable String format,
        @Nullable List<@Nullable Action> actions,
        @Nullable List<@Nullable String> targetUsers,
        @Nullable List<@Nullable String> targetGroups) {

    /** An action, not validated. */
    public record Action(@Nullable String title, @Nullable String url) {}
}
