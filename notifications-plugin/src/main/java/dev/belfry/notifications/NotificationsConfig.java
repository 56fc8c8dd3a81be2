package dev.belfry.notifications;

import dev.belfry.notifications.sending.SubmissionRules.EmptyTargets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code notifications} of the configuration.
 *
 * @param externalCallerSecret what a caller without a token sends in the header {@code notifications-secret}; with it set,
 *     nobody gets in without credentials
 * @param emptyTargets what an empty list of targets means; as if it were absent, unless said otherwise
 * @param actionUrlSchemes where actions may lead beside http, https, mailto and tel
 */
public record NotificationsConfig(
        @Nullable String externalCallerSecret, @Nullable EmptyTargets emptyTargets, List<String> actionUrlSchemes) {

    public NotificationsConfig {
        if (externalCallerSecret != null && externalCallerSecret.isBlank()) {
            throw new IllegalArgumentException("externalCallerSecret must not be blank; leave it out for none");
        }
        actionUrlSchemes = List.copyOf(actionUrlSchemes);
    }

    EmptyTargets emptyTargetsOrDefault() {
        return emptyTargets == null ? EmptyTargets.SYSTEM : emptyTargets;
    }
}
