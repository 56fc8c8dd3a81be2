package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of the changes that a store tells. Every test gets an empty store. */
public abstract class InboxChangesContract {

    private static final int WRITERS = 4;
    private static final int WRITES = 60;

    private final Recipient ada = recipient("ada", "ringers");
    private final AtomicInteger places = new AtomicInteger();

    /** The store of this test; the same on each call. */
    protected abstract NotificationStore store();

    private AddressedNotification addressed(Addressees addressees) {
        int place = places.incrementAndGet();
        Instant created = NOON.plusMillis(place);
        return new AddressedNotification(
                addressees.isEveryone()
                        ? Samples.system(id(created, 0), "n" + place)
                        : Samples.titled(id(created, 0), "n" + place),
                addressees);
    }

    private Notification save(Addressees addressees) {
        AddressedNotification addressed = addressed(addressees);
        store().save(List.of(addressed), null);
        return addressed.notification();
    }

    private List<InboxChange> since(ChangeCursor cursor) {
        ChangeBatch batch = store().since(cursor, false);
        assertThat(batch.known()).isTrue();
        return batch.changes();
    }

    @Test
    void aCreatedNotificationIsToldWithItsContentAndAddressees() {
        ChangeCursor before = store().present();
        for (Addressees addressees :
                List.of(Samples.users("ada", "bob"), Samples.groups("ringers", "board"), Addressees.EVERYONE)) {
            Notification saved = save(addressees);

            InboxChange.Created told = (InboxChange.Created) since(before).getLast();
            assertThat(told.addressed()).isEqualTo(new AddressedNotification(saved, addressees));
            assertThat(told.whole()).isTrue();
        }
        assertThat(since(before)).hasSize(3);
    }

    @Test
    void eachChangeIsToldOnce() {
        ChangeCursor before = store().present();
        save(Samples.users("ada"));
        ChangeBatch first = store().since(before, false);
        assertThat(first.changes()).hasSize(1);
        assertThat(first.more()).isFalse();
        assertThat(since(first.cursor())).isEmpty();
        assertThat(first.cursor().includes(first.changes().getFirst().change())).isTrue();
        assertThat(before.includes(first.changes().getFirst().change())).isFalse();

        save(Samples.users("ada"));
        assertThat(since(first.cursor())).hasSize(1);
    }

    @Test
    void aMarkIsToldOnlyIfItChangesSomething() {
        Notification named = save(Samples.users("ada"));
        Notification system = save(Addressees.EVERYONE);
        ChangeCursor before = store().present();
        for (Notification notification : List.of(named, system)) {
            store().mark(ada, notification.id(), true);
            store().mark(ada, notification.id(), true);
            store().mark(ada, notification.id(), false);
        }
        assertThat(since(before))
                .hasSize(4)
                .allSatisfy(change -> assertThat(change)
                        .isInstanceOfSatisfying(
                                InboxChange.Marked.class,
                                marked -> assertThat(marked.user()).isEqualTo(ada.user())));
        assertThat(since(before))
                .extracting(change -> ((InboxChange.Marked) change).ids())
                .containsOnly(List.of(named.id()), List.of(system.id()));
        assertThat(since(before))
                .extracting(change -> ((InboxChange.Marked) change).read())
                .containsExactlyInAnyOrder(true, false, true, false);
    }

    @Test
    void markingAllIsTold() {
        Set<Object> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            ids.add(save(Samples.groups("ringers")).id());
        }
        ChangeCursor before = store().present();
        store().markAllRead(ada, Scope.ALL, NOON.plusSeconds(60));

        Set<Object> told = new HashSet<>();
        since(before).forEach(change -> told.addAll(((InboxChange.Marked) change).ids()));
        assertThat(told).isEqualTo(ids);
    }

    @Test
    void aReplacedMuteListIsToldIfItIsAnother() {
        ChangeCursor before = store().present();
        MuteList list = MuteList.of(Set.of("builds"), Set.of("ci"));
        store().replaceMuteList(ada.user(), MuteList.NONE);
        store().replaceMuteList(ada.user(), list);
        store().replaceMuteList(ada.user(), list);
        store().replaceMuteList(ada.user(), MuteList.NONE);

        assertThat(since(before))
                .hasSize(2)
                .allSatisfy(change -> assertThat(change)
                        .isInstanceOfSatisfying(
                                InboxChange.MuteListReplaced.class,
                                replaced -> assertThat(replaced.user()).isEqualTo(ada.user())))
                .extracting(InboxChange::key)
                .doesNotHaveDuplicates();
    }

    @Test
    void cursorsSurviveBeingTexts() {
        save(Samples.users("ada"));
        ChangeCursor cursor = store().present();
        assertThat(cursor.text()).matches("[!-}]+");
        save(Samples.users("ada"));

        assertThat(store().parse(cursor.text())).hasValueSatisfying(parsed -> {
            assertThat(parsed.text()).isEqualTo(cursor.text());
            assertThat(store().since(parsed, true).changes()).hasSize(1);
        });
    }

    @Test
    void aTextThatIsNoCursorIsRefusedOrUnknown() {
        String own = store().present().text();
        for (String text : List.of(
                "",
                "-",
                "x",
                own + "1234567890123",
                own.replace('-', '/'),
                "0123abcd-7:5:",
                "0123abcd-5:7:9",
                "0123abcd-5:9:7,6",
                "0123abcd-0:0:",
                "0123abcd-99999999999999999999",
                "0123abcd-1",
                "0123abcd-5:5:",
                "memory-999",
                "' or 1=1")) {
            assertThat(store().parse(text))
                    .as(text)
                    .satisfies(parsed -> parsed.ifPresent(cursor ->
                            assertThat(store().since(cursor, true).known()).isFalse()));
        }
    }

    @Test
    void manyChangesAreToldInBatches() {
        ChangeCursor cursor = store().present();
        int count = 2300;
        for (int from = 0; from < count; from += 100) {
            store().save(
                            IntStream.range(0, 100)
                                    .mapToObj(_ -> addressed(Samples.users("ada")))
                                    .toList(),
                            null);
        }
        List<String> told = new ArrayList<>();
        boolean more = true;
        while (more) {
            ChangeBatch batch = store().since(cursor, false);
            assertThat(batch.known()).isTrue();
            batch.changes().forEach(change -> told.add(change.key()));
            cursor = batch.cursor();
            more = batch.more();
        }
        assertThat(told).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void concurrentWritersMissAndRepeatNothing() throws Exception {
        ChangeCursor begin = store().present();
        Set<String> saved = new HashSet<>();
        List<String> told = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(this::write));
            }
            ChangeCursor cursor = begin;
            boolean last = false;
            while (true) {
                ChangeBatch batch = store().since(cursor, false);
                batch.changes().forEach(change -> told.add(change.key()));
                cursor = batch.cursor();
                if (last && !batch.more()) {
                    break;
                }
                last = writers.stream().allMatch(Future::isDone);
            }
            for (Future<List<String>> writer : writers) {
                saved.addAll(writer.get());
            }
        }
        assertThat(told).doesNotHaveDuplicates();
        assertThat(told.stream().filter(key -> key.startsWith("c")).map(key -> key.replaceFirst(".*[.]", "")))
                .containsExactlyInAnyOrderElementsOf(saved);
        assertThat(told.stream().filter(key -> key.startsWith("r"))).hasSize(WRITERS * WRITES / 2);
    }

    private List<String> write() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            AddressedNotification addressed = addressed(i % 3 == 0 ? Samples.users("ada") : Samples.groups("ringers"));
            store().save(List.of(addressed), null);
            keys.add(addressed.notification().id().toString());
            if (i % 2 == 0) {
                store().mark(ada, addressed.notification().id(), true);
            }
        }
        return keys;
    }
}
