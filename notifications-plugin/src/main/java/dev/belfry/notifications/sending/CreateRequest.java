package dev.belfry.notifications.sending;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sender handed in, as it came: nothing of it has been checked. Null = absent. */
public record CreateRequest(
        @Nullable String origin,
        @Nullable String title,
        @Nullable String message,
        @Nullable String topic,
        @Nullable List<@Nullable Action> actions,
        @Nullable List<@Nullable String> targetUsers,
        @Nullable List<@Nullable String> targetGroups) {

    /** An action as it came. */
    public record Action(@Nullable String title, @Nullable String url) {}
}
