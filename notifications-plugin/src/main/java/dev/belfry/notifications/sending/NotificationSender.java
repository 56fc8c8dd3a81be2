package dev.belfry.notifications.sending;

import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationWriter;
import dev.belfry.notifications.storage.SaveOutcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The use case of sending: checks the addressees, generates ids, and stores the notifications. */
public final class NotificationSender {

    /** Two hosts that generate ids in the same millisecond collide about once in a million. */
    private static final int MAX_TRIES = 10;

    private final NotificationWriter writer;
    private final Recipients recipients;
    private final Ids ids;
    private final Clock clock;
    private final InboxListener listener;

    public NotificationSender(
            NotificationWriter writer, Recipients recipients, Ids ids, Clock clock, InboxListener listener) {
        this.writer = writer;
        this.recipients = recipients;
        this.ids = ids;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * @return the id of the stored notification
     * @throws InvalidInput when an addressee does not exist; the message names all of them, and nothing is stored
     */
    public NotificationId send(Draft draft) {
        check(draft);
        List<NotificationId> sent = new ArrayList<>();
        send(List.of(draft), null, ids -> {
            sent.addAll(ids);
            return "";
        });
        return sent.getLast();
    }

    /** @throws InvalidInput when an addressee does not exist; the message names all of them */
    public void check(Draft draft) {
        Collection<String> unknown = recipients.unknown(draft.addressees());
        if (!unknown.isEmpty()) {
            throw new InvalidInput("the catalog does not have " + String.join(", ", unknown));
        }
    }

    /**
     * Sends all of the drafts or none.
     *
     * @param drafts with checked addressees
     * @param key null when the request has no idempotency key
     * @param response makes the response from the ids, in the order of the drafts
     * @return the response, or the response to an earlier request with the same key
     * @throws IdempotencyConflict when another request has the key; nothing is stored
     */
    public String send(List<Draft> drafts, @Nullable RequestKey key, Function<List<NotificationId>, String> response) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            List<AddressedNotification> notifications =
                    drafts.stream().map(this::addressed).toList();
            String text = response.apply(notifications.stream()
                    .map(addressed -> addressed.notification().id())
                    .toList());
            switch (save(notifications, key, text)) {
                case SaveOutcome.Stored() -> {
                    notifications.forEach(
                            notification -> listener.on(new InboxEvent.NotificationCreated(notification)));
                    return text;
                }
                case SaveOutcome.Repeated(String before) -> {
                    return before;
                }
                case SaveOutcome.KeyReused() -> throw new IdempotencyConflict(IdempotencyConflict.Reason.REUSED);
                case SaveOutcome.InFlight() -> throw new IdempotencyConflict(IdempotencyConflict.Reason.IN_FLIGHT);
                case SaveOutcome.IdConflict() -> ids.skipAhead();
            }
        }
        throw new IllegalStateException("no free id after " + MAX_TRIES + " tries");
    }

    private SaveOutcome save(List<AddressedNotification> notifications, @Nullable RequestKey key, String response) {
        if (key != null) {
            return writer.save(
                    notifications,
                    new IdempotencyKey(key.caller(), key.value(), key.fingerprint(), response, clock.instant()));
        }
        return notifications.isEmpty() ? new SaveOutcome.Stored() : writer.save(notifications, null);
    }

    private AddressedNotification addressed(Draft draft) {
        Notification notification =
                new Notification(ids.next(), draft.content(), draft.addressees().isEveryone());
        return new AddressedNotification(notification, draft.addressees());
    }
}
