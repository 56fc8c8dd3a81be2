package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.group;
import static dev.belfry.notifications.storage.contract.Samples.groups;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static dev.belfry.notifications.storage.contract.Samples.system;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static dev.belfry.notifications.storage.contract.Samples.user;
import static dev.belfry.notifications.storage.contract.Samples.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationArchive;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RestoreOutcome;
import dev.belfry.notifications.storage.Scope;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of the archive. The test of each store extends it, and every test gets an empty store. */
public abstract class ArchiveContract {

    private final Recipient ada = recipient("ada", "team");
    private final Recipient bob = recipient("bob", "team");

    /** The store of this test; the same on each call. */
    protected abstract NotificationStore store();

    private static ArchivedNotification archived(int place, Addressees addressees, String... readers) {
        NotificationId id = id(NOON.plusMillis(place), place);
        Notification notification = addressees.isEveryone() ? system(id, "n" + place) : titled(id, "n" + place);
        return new ArchivedNotification(
                new AddressedNotification(notification, addressees),
                Stream.of(readers).map(Samples::user).toList(),
                false);
    }

    private static List<ArchivedNotification> ofAllKinds() {
        Content markdown = new Content(
                "tests",
                "an action",
                "**now**",
                null,
                List.of(new Content.Action("Log", "https://example.org/")),
                Content.Format.MARKDOWN);
        return List.of(
                archived(1, Addressees.EVERYONE, "ada", "eve"),
                archived(2, users("ada", "bob"), "ada"),
                archived(3, groups("team", "board"), "bob"),
                archived(4, Addressees.of(Set.of(user("ada")), Set.of(group("team"))), "ada", "bob"),
                new ArchivedNotification(
                        new AddressedNotification(
                                new Notification(id(NOON.plusMillis(5), 5), markdown, false), users("bob")),
                        List.of(),
                        false));
    }

    private void assertCounts(Recipient recipient, long unread, long read) {
        assertThat(store().count(recipient, new Filter(Scope.ALL, null, null, false)))
                .isEqualTo(unread);
        assertThat(store().count(recipient, new Filter(Scope.ALL, null, null, true)))
                .isEqualTo(read);
    }

    private List<Boolean> reads(Recipient recipient) {
        return store().page(recipient, Filter.of(Scope.ALL), Order.NEWEST_FIRST, 0, 10).items().stream()
                .map(InboxItem::read)
                .toList();
    }

    @Test
    void restoredNotificationsAreInTheInboxesWithTheirReadMarks() {
        List<ArchivedNotification> all = ofAllKinds();

        assertThat(store().restore(all)).hasSize(5).containsOnly(RestoreOutcome.STORED);

        assertThat(store().archived(null, 10)).isEqualTo(all);
        assertThat(reads(ada)).containsExactly(true, false, true, true);
        assertThat(reads(bob)).containsExactly(false, true, true, false, false);
        assertCounts(ada, 1, 3);
        assertCounts(bob, 3, 2);
        assertCounts(recipient("eve"), 0, 1);
    }

    @Test
    void aRepeatedRestoreChangesNothing() {
        List<ArchivedNotification> all = ofAllKinds();
        store().restore(all);
        List<Object> before = List.of(store().counts(ada, Scope.ALL), store().counts(bob, Scope.ALL));

        assertThat(store().restore(all)).hasSize(5).containsOnly(RestoreOutcome.PRESENT);

        assertThat(List.of(store().counts(ada, Scope.ALL), store().counts(bob, Scope.ALL)))
                .isEqualTo(before);
        assertThat(store().archived(null, 10)).isEqualTo(all);
    }

    @Test
    void aRestoreAddsTheReadMarksThatAreMissing() {
        store().restore(List.of(archived(1, users("ada", "bob"), "bob"), archived(2, groups("team"))));

        assertThat(store().restore(
                                List.of(archived(1, users("ada", "bob"), "ada"), archived(2, groups("team"), "ada"))))
                .containsExactly(RestoreOutcome.PRESENT, RestoreOutcome.PRESENT);

        assertCounts(ada, 0, 2);
        assertCounts(bob, 1, 1);
    }

    @Test
    void anotherNotificationWithTheSameIdIsKept() {
        ArchivedNotification first = archived(1, users("ada"));
        ArchivedNotification other = new ArchivedNotification(
                new AddressedNotification(titled(first.id(), "another"), users("ada")), List.of(user("ada")), false);

        assertThat(store().restore(List.of(first, other, archived(2, users("ada")))))
                .containsExactly(RestoreOutcome.STORED, RestoreOutcome.CONFLICT, RestoreOutcome.STORED);

        assertCounts(ada, 2, 0);
    }

    @Test
    void aNotificationTwiceInOneListIsStoredOnce() {
        ArchivedNotification one = archived(1, users("ada"), "ada");

        assertThat(store().restore(List.of(one, one))).containsExactly(RestoreOutcome.STORED, RestoreOutcome.PRESENT);

        assertCounts(ada, 0, 1);
    }

    @Test
    void anArchiveIsReadFromAnyNotificationOn() {
        List<ArchivedNotification> all = ofAllKinds();
        store().restore(all);

        assertThat(store().archived(null, 2)).isEqualTo(all.subList(0, 2));
        assertThat(store().archived(all.get(1).id(), 2)).isEqualTo(all.subList(2, 4));
        assertThat(store().archived(all.get(4).id(), 2)).isEmpty();
    }

    @Test
    void moreReadersThanOnePageHasAreReadAndRestored() {
        List<EntityRef> readers = IntStream.range(0, NotificationArchive.MAX_READERS + 10)
                .mapToObj("r%05d"::formatted)
                .map(Samples::user)
                .toList();
        List<EntityRef> first = readers.subList(0, NotificationArchive.MAX_READERS);
        List<EntityRef> rest = readers.subList(NotificationArchive.MAX_READERS, readers.size());
        AddressedNotification everyone = archived(1, Addressees.EVERYONE).addressed();
        store().restore(List.of(new ArchivedNotification(everyone, first, false), archived(2, users("ada"), "ada")));

        assertThat(store().restoreReaders(everyone.notification().id(), rest)).isEqualTo(RestoreOutcome.PRESENT);

        List<EntityRef> found = store().archived(null, 10).getFirst().readers();
        assertThat(Stream.concat(
                        found.stream(), store().readers(everyone.notification().id(), found.getLast()).stream()))
                .isEqualTo(readers);
        assertThat(store().archived(everyone.notification().id(), 10))
                .containsExactly(archived(2, users("ada"), "ada"));
        assertCounts(recipient("r05003"), 0, 1);
    }

    @Test
    void readersNeedANotificationThatIsAddressedToThem() {
        ArchivedNotification one = archived(1, users("ada"));
        store().restore(List.of(one));

        assertThat(store().restoreReaders(archived(2, users("ada")).id(), List.of(user("ada"))))
                .isEqualTo(RestoreOutcome.MISSING);
        assertThat(store().restoreReaders(one.id(), List.of(user("ada"), user("bob"))))
                .isEqualTo(RestoreOutcome.NOT_ADDRESSED);

        assertCounts(ada, 1, 0);
    }
}
