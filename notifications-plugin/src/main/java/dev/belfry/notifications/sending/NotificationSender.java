package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.SaveOutcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends notifications: checks for whom they are and keeps them. */
public final class NotificationSender {

    /** Hosts that make ids in the same millisecond meet on one place in about one of a million. */
    private static final int MAX_TRIES = 10;

    private final NotificationStore store;
    private final Recipients directory;
    private final Ids ids;
    private final Clock clock;

    public NotificationSender(NotificationStore store, Recipients directory, Ids ids, Clock clock) {
        this.clock = clock;
        this.store = store;
        this.directory = directory;
        this.ids = ids;
    }

    /**
     * @return the id under which the notification is stored
     * @throws InvalidInput naming every addressee whom the catalog does not have; nothing is stored then
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

    /** @throws InvalidInput naming every addressee whom the catalog does not have */
    public void check(Draft draft) {
        Collection<String> unknown = directory.unknown(draft.addressees());
        if (!unknown.isEmpty()) {
            throw new InvalidInput("the catalog does not have " + String.join(", ", unknown));
        }
    }

    /**
     * Sends all or none.
     *
     * @param drafts whose addressees have been checked
     * @param key null when each request is one of its own
     * @param answer what the sender is told, made of the ids in the order of the drafts
     * @return the answer, or the one that was given to the same request before
     * @throws IdempotencyConflict when the key stands for another request; nothing is stored then
     */
    public String send(List<Draft> drafts, @Nullable RequestKey key, Function<List<NotificationId>, String> answer) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            List<AddressedNotification> notifications = drafts.stream().map(this::addressed).toList();
            String told = answer.apply(notifications.stream()
                    .map(addressed -> addressed.notification().id())
                    .toList());
            switch (save(notifications, key, told)) {
                case SaveOutcome.Stored() -> {
                    return told;
                }
                case SaveOutcome.Repeated(String before) -> {
                    return before;
                }
                case SaveOutcome.KeyReused() -> throw new IdempotencyConflict(IdempotencyConflict.Reason.REUSED);
                case SaveOutcome.InFlight() -> throw new IdempotencyConflict(IdempotencyConflict.Reason.IN_FLIGHT);
                case SaveOutcome.IdConflict() -> ids.leap();
            }
        }
        throw new IllegalStateException("the places of " + MAX_TRIES + " ids in a row are taken");
    }

    private SaveOutcome save(List<AddressedNotification> notifications, @Nullable RequestKey key, String told) {
        if (key != null) {
            IdempotencyKey key = new IdempotencyKey(key.caller(), key.value(), key.fingerprint(), told, clock.instant());
            return store.save(notifications, key);
        }
        return notifications.isEmpty() ? new SaveOutcome.Stored() : store.save(notifications, null);
    }

    private AddressedNotification addressed(Draft draft) {
        Notification notification =
                new Notification(ids.next(), draft.content(), draft.addressees().isEveryone());
        return new AddressedNotification(notification, draft.addressees());
    }
}
