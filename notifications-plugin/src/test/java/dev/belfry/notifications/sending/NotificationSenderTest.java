package dev.belfry.notifications.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.contract.MemoryStore;
import dev.belfry.notifications.storage.contract.Samples;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NotificationSenderTest {

    private static final Content CONTENT = new Content("o", "t", null, null, List.of());

    private final MemoryStore store = new MemoryStore();
    private final List<InboxEvent> events = new ArrayList<>();
    private final Clock clock = Clock.fixed(Samples.NOON, ZoneOffset.UTC);

    private NotificationSender sending(Recipients directory, long seed) {
        return new NotificationSender(
                store, directory, new Ids(clock, new Random(seed), Optional.empty(), _ -> {}), clock, events::add);
    }

    private List<InboxItem> inboxOf(String name) {
        return store.page(Samples.recipient(name), Filter.of(Scope.ALL), Order.NEWEST_FIRST, 0, 100)
                .items();
    }

    @Test
    void aNotificationIsStoredUnderTheReturnedId() {
        NotificationId id = sending(addressees -> List.of(), 1).send(new Draft(CONTENT, Samples.users("ada")));

        assertThat(inboxOf("ada")).containsExactly(new InboxItem(new Notification(id, CONTENT, false), false));
        assertThat(id.created()).isEqualTo(Samples.NOON);
        assertThat(inboxOf("bob")).isEmpty();
    }

    @Test
    void whatIsStoredIsPublishedOnceAndWhatIsRefusedIsNot() {
        Draft draft = new Draft(CONTENT, Samples.users("ada"));
        NotificationId id = sending(addressees -> List.of(), 1).send(draft);
        NotificationSender refusing = sending(addressees -> List.of("user:default/x"), 2);
        assertThatThrownBy(() -> refusing.send(draft)).isInstanceOf(InvalidInput.class);

        assertThat(events)
                .containsExactly(new InboxEvent.NotificationCreated(
                        new AddressedNotification(new Notification(id, CONTENT, false), draft.addressees())));
    }

    @Test
    void aNotificationWithoutAddresseesIsForEveryone() {
        sending(addressees -> List.of(), 1).send(new Draft(CONTENT, Addressees.EVERYONE));

        assertThat(inboxOf("bob"))
                .singleElement()
                .matches(item -> item.notification().system());
    }

    @Test
    void allUnknownAddresseesAreNamedAndNothingIsStored() {
        NotificationSender sending = sending(addressees -> List.of("user:default/x", "group:default/y"), 1);

        assertThatThrownBy(() -> sending.send(new Draft(CONTENT, Samples.users("ada", "x"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the catalog does not have user:default/x, group:default/y");
        assertThat(inboxOf("ada")).isEmpty();
    }

    @Test
    void anIdConflictIsRetriedWithTheNextId() {
        // The same random numbers as another host that generates ids in the same millisecond.
        NotificationId taken = sending(addressees -> List.of(), 7).send(new Draft(CONTENT, Samples.users("ada")));

        NotificationId id = sending(addressees -> List.of(), 7).send(new Draft(CONTENT, Samples.users("ada")));

        assertThat(id).isGreaterThan(taken);
        assertThat(inboxOf("ada")).hasSize(2);
    }

    @Test
    void idsSkipAheadOfAnotherHostThatGeneratesTheSame() {
        NotificationSender other = sending(addressees -> List.of(), 7);
        for (int i = 0; i < 50; i++) {
            other.send(new Draft(CONTENT, Samples.users("ada")));
        }
        NotificationSender sending = sending(addressees -> List.of(), 7);

        NotificationId first = sending.send(new Draft(CONTENT, Samples.users("ada")));
        NotificationId second = sending.send(new Draft(CONTENT, Samples.users("ada")));

        assertThat(first.created()).isEqualTo(Samples.NOON.plusMillis(1));
        assertThat(second).isGreaterThan(first);
        assertThat(inboxOf("ada")).hasSize(52);
    }

    @Test
    void sendingFailsIfNoIdIsFree() {
        for (int i = 0; i < 10; i++) {
            sending(addressees -> List.of(), 7).send(new Draft(CONTENT, Samples.users("ada")));
        }

        NotificationSender last = sending(addressees -> List.of(), 7);
        assertThatThrownBy(() -> last.send(new Draft(CONTENT, Samples.users("ada"))))
                .isInstanceOf(IllegalStateException.class);
    }
}
