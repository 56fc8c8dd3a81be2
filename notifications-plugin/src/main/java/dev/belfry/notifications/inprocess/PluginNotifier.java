package dev.belfry.notifications.inprocess;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.notifier.InvalidNotification;
import dev.belfry.notifications.notifier.NewNotification;
import dev.belfry.notifications.notifier.Notifier;
import dev.belfry.notifications.sending.CreateRequest;
import dev.belfry.notifications.sending.CreateRequestRules;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.NotificationSender;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends the notifications of one other plugin, by the rules of the REST API. */
public final class PluginNotifier implements Notifier {

    private final NotificationSender sender;
    private final CreateRequestRules rules;
    private final String origin;

    /** @param pluginId as the host says, not the calling plugin */
    public PluginNotifier(NotificationSender sender, CreateRequestRules rules, String pluginId) {
        this.sender = sender;
        this.rules = rules;
        this.origin = "plugin:" + pluginId;
    }

    @Override
    public UUID send(NewNotification notification) {
        try {
            return sender.send(rules.draft(request(notification))).value();
        } catch (InvalidInput e) {
            throw new InvalidNotification(e.reason());
        }
    }

    private CreateRequest request(NewNotification notification) {
        return new CreateRequest(
                origin,
                notification.title(),
                notification.message(),
                notification.topic(),
                null,
                notification.actions().stream()
                        .map(action -> new CreateRequest.Action(action.title(), action.url()))
                        .toList(),
                targets(notification, EntityRef.USER),
                targets(notification, EntityRef.GROUP));
    }

    /** @return null when there are none, as if the request had no such field */
    private static @Nullable List<String> targets(NewNotification notification, String kind) {
        for (EntityRef target : notification.targets()) {
            if (!target.kind().equals(EntityRef.USER) && !target.kind().equals(EntityRef.GROUP)) {
                throw new InvalidInput("the target '" + target + "' must be a user or a group");
            }
        }
        List<String> targets = notification.targets().stream()
                .filter(target -> target.kind().equals(kind))
                .map(EntityRef::toString)
                .sorted()
                .toList();
        return targets.isEmpty() ? null : targets;
    }
}
